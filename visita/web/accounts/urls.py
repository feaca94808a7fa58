"""Addresses under /accounts/: sign in, second factor, sign out. Everything else of the library stays closed."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from django.urls import path

from visita.web.accounts.language import language
from visita.web.accounts.signing_in import SignInView

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("language/", language, name="account_language"),
    path("logout/", views.logout, name="account_logout"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
]
