"""stand_ins: the parts of a desktop that a test has none of, on its own session bus.

Notifications, the session manager, the file manager, NetworkManager and logind, each
of which keeps what it was told and says what a test lets it say. The program takes the
session bus for the system's, by DBUS_SYSTEM_BUS_ADDRESS.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import threading

from accessible import Gio, GLib

NOTIFY = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""
SESSION = """<node><interface name="org.gnome.SessionManager">
<method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="u" direction="out"/></method>
<method name="Uninhibit"><arg type="u" direction="in"/></method></interface></node>"""
FILES = """<node><interface name="org.freedesktop.FileManager1"><method name="ShowItems">
<arg type="as" direction="in"/><arg type="s" direction="in"/></method></interface></node>"""
NETWORK = """<node><interface name="org.freedesktop.NetworkManager">
<property name="State" type="u" access="read"/><property name="Connectivity" type="u" access="read"/>
<property name="Metered" type="u" access="read"/>
<signal name="PropertiesChanged"><arg type="a{sv}"/></signal></interface></node>"""
LOGIN = """<node><interface name="org.freedesktop.login1.Manager"><method name="Suspend">
<arg type="b" direction="in"/></method></interface></node>"""

FACES = {
    "org.freedesktop.Notifications": ("/org/freedesktop/Notifications", NOTIFY),
    "org.gnome.SessionManager": ("/org/gnome/SessionManager", SESSION),
    "org.freedesktop.FileManager1": ("/org/freedesktop/FileManager1", FILES),
    "org.freedesktop.NetworkManager": ("/org/freedesktop/NetworkManager", NETWORK),
    "org.freedesktop.login1": ("/org/freedesktop/login1", LOGIN),
}
CONNECTED, DISCONNECTED = 70, 20
FULL, NONE = 4, 1
METERED, UNMETERED = 1, 2


class Notice:
    """One notification, as it was asked for."""

    def __init__(self, number, title, body, actions):
        self.number, self.title, self.body = number, title, body
        self.buttons = dict(zip(actions[1::2], actions[0::2]))

    def __repr__(self):
        return f"<{self.title!r} {self.body!r} {list(self.buttons)}>"


class Desktop:
    ENV = {
        "DBUS_SYSTEM_BUS_ADDRESS": os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""),
        "GIO_USE_NETWORK_MONITOR": "networkmanager",
    }

    def __init__(self):
        self.notices = {}  # number → Notice, those shown now
        self.told = []  # all Notices, in their order
        self.inhibitors = {}  # cookie → reason
        self.shown = []  # addresses of files
        self.suspended = 0
        self.network = {"State": CONNECTED, "Connectivity": FULL, "Metered": UNMETERED}
        self.count = 0
        ready = threading.Event()
        self.thread = threading.Thread(target=self.serve, args=(ready,), daemon=True)
        self.thread.start()
        assert ready.wait(60), "no stand-ins"

    def serve(self, ready):
        context = GLib.MainContext.new()
        context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)  # fmt: skip
        for name, (path, xml) in FACES.items():
            face = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
            self.bus.register_object(path, face, self.called, self.read, None)
            self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                               "org.freedesktop.DBus", "RequestName",
                               GLib.Variant("(su)", (name, 4)), None, 0, -1, None)  # fmt: skip
        self.loop = GLib.MainLoop.new(context, False)
        ready.set()
        self.loop.run()

    def called(self, bus, sender, path, face, method, parameters, invocation):
        values = parameters.unpack()
        answer = None
        if method == "Notify":
            number = values[1]
            if not number:
                self.count += 1
                number = self.count
            notice = Notice(number, values[3], values[4], values[5])
            self.notices[number] = notice
            self.told.append(notice)
            answer = GLib.Variant("(u)", (number,))
        elif method == "CloseNotification":
            self.notices.pop(values[0], None)
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("stand-in", "test", "1", "1.2"))
        elif method == "Inhibit":
            self.count += 1
            self.inhibitors[self.count] = values[2]
            answer = GLib.Variant("(u)", (self.count,))
        elif method == "Uninhibit":
            self.inhibitors.pop(values[0], None)
        elif method == "ShowItems":
            self.shown += values[0]
        elif method == "Suspend":
            self.suspended += 1
        invocation.return_value(answer)

    def read(self, bus, sender, path, face, name):
        return GLib.Variant("u", self.network[name])

    def press(self, notice, button):
        """Presses a notification's button; "" is the notification itself."""
        action = notice.buttons[button]
        self.notices.pop(notice.number, None)  # as notification servers do
        self.bus.emit_signal(None, FACES["org.freedesktop.Notifications"][0],
                             "org.freedesktop.Notifications", "ActionInvoked",
                             GLib.Variant("(us)", (notice.number, action)))  # fmt: skip

    def set_network(self, **properties):
        self.network.update(properties)
        changed = {name: GLib.Variant("u", value) for name, value in self.network.items()}
        self.bus.emit_signal(None, FACES["org.freedesktop.NetworkManager"][0],
                             "org.freedesktop.NetworkManager", "PropertiesChanged",
                             GLib.Variant("(a{sv})", (changed,)))  # fmt: skip
        self.bus.emit_signal(None, FACES["org.freedesktop.NetworkManager"][0],
                             "org.freedesktop.DBus.Properties", "PropertiesChanged",
                             GLib.Variant("(sa{sv}as)", ("org.freedesktop.NetworkManager", changed, [])))  # fmt: skip

    def close(self):
        self.loop.quit()
        self.thread.join(60)
        self.bus.close_sync(None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
