"""The real program on a desktop of its own: X server, window manager, session bus, accessibility bus."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77  # CTest's SKIP_RETURN_CODE
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "dbus-run-session": "dbus", "xdotool": "xdotool"}


def require_packages():
    """Leaves with SKIPPED, and says why, when a package is missing."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not os.path.exists(LAUNCHER):
        missing.append("at-spi2-core")
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        missing.append("python3-pyatspi")
    if missing:
        print("SKIPPED: these packages are missing: " + " ".join(missing))
        sys.exit(SKIPPED)


def on_session_bus():
    """Starts this script once more under a session bus of its own, unless that has been done."""
    if os.environ.get("SQLGYM_TEST_BUS") == str(os.getppid()):
        return
    runtime = tempfile.mkdtemp(prefix="sqlgym-runtime-")
    os.chmod(runtime, 0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": runtime}
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        environment.pop(name, None)
    inner = 'SQLGYM_TEST_BUS=$$ "$0" "$@"; exit $?'
    try:
        code = subprocess.call(["dbus-run-session", "--", "sh", "-c", inner, sys.executable, *sys.argv], env=environment)
    finally:
        shutil.rmtree(runtime, ignore_errors=True)
    sys.exit(code)


def _answers(*command):
    return subprocess.run(command, capture_output=True).returncode == 0


class Desktop:
    """`with Desktop("1280x800") as desktop: desktop.start(program, ...)`; everything ends with the block."""

    def __init__(self, size="1280x800"):
        self.size = size
        self.children = []

    def __enter__(self):
        os.environ.update(QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        wait_for("an X server answers", self._start_server)
        self._keep(subprocess.Popen([LAUNCHER, "--launch-immediately"], stderr=subprocess.DEVNULL))
        self._keep(subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL))
        # A window that is mapped while the window manager takes over may be shown by nobody.
        wait_for("the window manager is there", lambda: _answers("xdotool", "get_desktop"))
        return self

    def _start_server(self):
        """Servers that start at the same moment can want the same number; one of them then ends. Without -noreset one
        starts anew when its only client leaves, and refuses whoever comes meanwhile."""
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", self.size + "x24", "-noreset", "-nolisten", "tcp"]
        self._keep(subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as answer:
            os.environ["DISPLAY"] = ":" + answer.readline().strip()
        return _answers("xdotool", "getdisplaygeometry")

    def _keep(self, child):
        self.children.append(child)
        return child

    def start(self, *command):
        return self._keep(subprocess.Popen(command))

    def __exit__(self, *_):
        for child in reversed(self.children):
            child.terminate()
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def press(*keys):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "8", "--", text], check=True)


def wait_for(what, condition, seconds=40):
    """The first true answer of `condition`; AssertionError when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError("this did not come about within %d s: %s" % (seconds, what))
