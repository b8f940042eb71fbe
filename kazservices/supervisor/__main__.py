import argparse
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import kazservices.supervisor
from kazservices.supervisor.child import Child
from kazservices.supervisor.place import ROOT, Place, answers, claim, commands, note, noted, port_is_free, runner

PATIENCE = 12.0  # seconds for the processes asked to stop
START_LIMIT = 120.0  # seconds for the first answer of the web
HELD = "This data folder is held by another command of kazservices, such as a restore. Try again when it has ended."


class Supervisor:
    """Holds the children of one data folder from the first start to the last stop."""

    def __init__(self, place: Place):
        self.place = place
        self.environment = place.environment()
        logs = place.data / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self.children = [
            Child(name, command, self.environment, logs / f"{name}.log") for name, command in commands(place).items()
        ]
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        self.prepare()
        started = time.monotonic()
        answered = False
        try:
            while not self.stopping:
                for child in self.children:
                    if told := child.look(time.monotonic()):
                        say(told)
                if not answered and answers(self.place):
                    answered = True
                    self.introduce()
                if not answered and time.monotonic() - started > START_LIMIT:
                    say(f"The web does not answer at {self.place.address}; see {self.place.data / 'logs'}")
                    return 1
                time.sleep(0.2)
        finally:
            self.end()
        return 0

    def stop(self, *_) -> None:
        self.stopping = True

    def prepare(self) -> None:
        """The tables, the passports and, unless KAZ_DEMO=no, the demo data; each safe to repeat."""
        for words in (["migrate", "--noinput", "--verbosity", "0"], *self.clock(), ["passports"], *self.demo()):
            if self.stopping:
                return
            subprocess.run(
                [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True, stdout=sys.stderr
            )

    def clock(self) -> list[list[str]]:
        """A new product's demo clock begins in the week before the golden one, so that it can be walked through."""
        demo = self.environment["KAZ_CLOCK"] == "demo"
        return [["clock", "--start", os.environ.get("KAZ_START", "2026-03-16T09:00")]] if demo else []

    def demo(self) -> list[list[str]]:
        return [] if os.environ.get("KAZ_DEMO") == "no" else [["demo"]]

    def introduce(self) -> None:
        say(f"kazservices answers at {self.place.address}")
        say(f"  for the staff:  {self.place.address}admin/")
        say(f"  outside world:  {self.environment['KAZ_GATEWAY_URL']}/ (stand-in)")
        say(f"  one-time codes: {self.environment['KAZ_GATEWAY_URL']}/sms")
        say(f"  data and logs:  {self.place.data}")
        for words in self.demo():
            logins = [sys.executable, "manage.py", *words, "--logins"]
            say(subprocess.run(logins, cwd=ROOT, env=self.environment, check=False, stdout=-1, text=True).stdout)
        note(self.place, ready=True)

    def end(self) -> None:
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.be_gone(until - time.monotonic())


def say(text: str) -> None:
    print(text.rstrip(), flush=True)


def is_held(place: Place) -> bool:
    held = claim(place)
    if held:
        held.close()
        return False
    return True


def say_who_holds(place: Place) -> int:
    """0 when it is the product that runs, as the caller wished."""
    if runner(place):
        say(f"kazservices is running already: {noted(place).get('address', place.address)}")
        return 0
    say(HELD)
    return 1


def serve(place: Place) -> int:
    held = claim(place, to_run=True)
    if held is None:
        return say_who_holds(place)
    for port, name in ((place.port, "KAZ_PORT"), (place.gateway_port, "KAZ_GATEWAY_PORT")):
        if not port_is_free(place.host, port):
            say(f"Port {port} is taken by another program. Choose another one: {name}=... bin/run")
            return 1
    with held:
        note(place, ready=False)
        try:
            return Supervisor(place).run()
        except subprocess.CalledProcessError as error:
            say(f"Could not be prepared: {' '.join(error.cmd[1:])} ended with status {error.returncode}.")
            return 1


def serve_in_background(place: Place) -> int:
    """Start the supervisor on its own and come back when the product answers."""
    if is_held(place):
        return say_who_holds(place)
    (place.data / "run.json").unlink(missing_ok=True)
    log = place.data / "logs" / "run.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as out:
        words = [sys.executable, "-m", "kazservices.supervisor"]
        supervisor = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    while supervisor.poll() is None and not (noted(place).get("ready") and noted(place)["pid"] == supervisor.pid):
        time.sleep(0.2)
    say(log.read_text())
    return supervisor.poll() or 0


def stop_running(place: Place) -> int:
    if held := claim(place):
        held.close()
        say("kazservices is not running with this data folder.")
        return 0
    pid = runner(place)
    if pid is None:
        say(HELD)
        return 1
    with suppress(ProcessLookupError):  # it has just ended by itself
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + PATIENCE + 5
    while not (held := claim(place)):
        if time.monotonic() > until:
            say(f"kazservices (process {pid}) does not stop.")
            return 1
        time.sleep(0.2)
    held.close()
    say("Stopped.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/run", description=kazservices.supervisor.__doc__.splitlines()[0])
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--background", action="store_true", help="return as soon as the product answers")
    how.add_argument("--stop", action="store_true", help="stop what runs with this data folder")
    chosen = parser.parse_args()
    place = Place.of_environment()
    if chosen.stop:
        return stop_running(place)
    return serve_in_background(place) if chosen.background else serve(place)


if __name__ == "__main__":
    sys.exit(main())
