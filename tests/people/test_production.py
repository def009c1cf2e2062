"""Accounts with the published password never serve real people."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from people.models import User
from people.production import refuse_demo_accounts
from tests.cast import PASSWORD


@pytest.fixture
def demo_account(db: None) -> User:
    return User.objects.create_user("Ana@Example.com", PASSWORD, name="Ana")


def test_production_refuses_a_demo_account(demo_account: User, settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="demo accounts"):
        refuse_demo_accounts()


def test_deactivated_demo_accounts_are_harmless(demo_account: User, settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    User.objects.update(is_active=False)
    refuse_demo_accounts()


def test_elsewhere_they_are_welcome(demo_account: User) -> None:
    refuse_demo_accounts()


def test_real_addresses_are_no_demo(db: None, settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    User.objects.create_user("ana@notexample.com", PASSWORD, name="Ana")
    refuse_demo_accounts()
