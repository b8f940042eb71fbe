"""Where the pages of the calendar stand inside the staff's site."""

from . import deciding, drafting, reading

PAGES = (
    ("calendar/", reading.year, "calendar"),
    ("calendar/days/<str:day>/", reading.day, "calendar-day"),
    ("calendar/days.csv", drafting.sample, "calendar-sample"),
    ("calendar/revisions/", reading.revisions, "calendar-revisions"),
    ("calendar/revisions/<int:number>/", reading.revision, "calendar-revision"),
    ("calendar/drafts/new/", drafting.begin, "calendar-begin"),
    ("calendar/drafts/<int:pk>/", drafting.draft, "calendar-draft"),
    ("calendar/drafts/<int:pk>/preview/", deciding.preview, "calendar-preview"),
    ("calendar/drafts/<int:pk>/preview.csv", deciding.preview_file, "calendar-preview-file"),
)
