from django.shortcuts import render


def locked(request, *args, **kwargs):
    """Too many wrong passwords: what happened and when to come back, the same for every name."""
    return render(request, "backoffice/locked.html", status=429)
