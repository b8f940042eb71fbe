from .test_browser import *
del test_a_lost_certificate_from_the_phone_to_the_hands, test_the_pages_of_the_desk_hold_on_a_phone_and_on_a_screen
def test_z(page, live_server, monkeypatch, school, corporation, busy, blanks, language):
    from tests.browsing import faults_of
    stand_at(monkeypatch, "2026-06-02 11:00")
    enter(page, live_server, school.clerk)
    page.goto(live_server.url + reverse("admin:service-page", args=["duplicates", "exchange"]))
    print(faults_of(page))
    shot(page, f"exchange-{language}")
    page.set_viewport_size(DESK)
    shot(page, f"exchange-desk-{language}")
