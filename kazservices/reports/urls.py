from django.urls import path

from . import counter, roots, views

app_name = "reports"
urlpatterns = [
    path("", views.report, name="index"),
    path("figures.csv", views.figures_csv, name="figures_csv"),
    path("clocks/", views.behind, name="clocks"),
    path("clocks.csv", views.clocks_csv, name="clocks_csv"),
    path("breaches/", views.breaches, name="breaches"),
    path("breaches.csv", views.breaches_csv, name="breaches_csv"),
    path("counter/", counter.counter, name="counter"),
    path("counter.csv", counter.counter_csv, name="counter_csv"),
    path("journal/", roots.journal, name="journal"),
    path("journal.jsonl", roots.journal_jsonl, name="journal_jsonl"),
]
