"""The mails that a person gets."""

from django.urls import path

from assessments.views import mail

urlpatterns = [path("profile/mail/", mail.mail, name="mail")]
