#!/usr/bin/env python3
"""Prints a line for every event of Holdfast that its queue gets, once, whatever breaks in between. README.md says what one must know.

Needs Python 3.9 and pika 1.2 or newer (pip install pika; Debian and Ubuntu: apt-get install python3-pika).

  HOLDFAST_BROKER_URL_FILE  a file with the broker's address, read anew for each connection: data/keys/broker-url of ./holdfast up
  HOLDFAST_BROKER_URL       or the address itself: amqp://user:password@host:5672/holdfast
  HOLDFAST_QUEUE            this subscriber's own queue (my.backups)
  HOLDFAST_BINDING          which events it gets (backup.*.v1)
"""

import os
import sys
import time
import traceback
from collections import OrderedDict

import pika
from pika.exceptions import AMQPError

EXCHANGE = "holdfast.events"
QUEUE = os.environ.get("HOLDFAST_QUEUE", "my.backups")
BINDING = os.environ.get("HOLDFAST_BINDING", "backup.*.v1")
PREFIX = "cloudEvents:"
PAUSE_SECONDS = 2


class Handled:
    """The ids of the last events. In memory, as fits what only prints: where handling an event changes something that lasts, its id
    belongs into the same transaction."""

    def __init__(self, limit=100_000):
        self._ids = OrderedDict()
        self._limit = limit

    def __contains__(self, event_id):
        return event_id in self._ids

    def add(self, event_id):
        self._ids[event_id] = None
        if len(self._ids) > self._limit:
            self._ids.popitem(last=False)


def handle(event, data):
    """What this subscriber is for: put your own code here. When it raises, the event comes again."""
    name = event["type"].removeprefix("dev.holdfast.")
    print(event["time"], name, event["subject"], event["sequence"], data, flush=True)


def receive(channel, method, properties, body, handled):
    headers = properties.headers or {}
    event = {name[len(PREFIX):]: value for name, value in headers.items() if name.startswith(PREFIX)}
    if not {"id", "type", "subject", "time", "sequence"} <= event.keys():
        # Acknowledged as well: it would be the same at the next try, and the embedded broker does bring back what is rejected.
        say(f"no event, discarded: {method.routing_key}")
    elif event["id"] not in handled:
        handle(event, body.decode("utf-8"))
        handled.add(event["id"])
    # Only now: had this process died before, the broker would deliver the event again.
    channel.basic_ack(method.delivery_tag)


def subscribe(handled):
    """Returns or raises when the connection ends."""
    with pika.BlockingConnection(pika.URLParameters(broker_url())) as connection:
        channel = connection.channel()
        # A queue that outlives this process and a restart of the broker: events wait in it.
        channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(QUEUE, EXCHANGE, routing_key=BINDING)
        channel.basic_qos(prefetch_count=20)
        channel.basic_consume(QUEUE, lambda *delivery: receive(*delivery, handled))
        say(f"subscribed: {QUEUE} gets {BINDING}")
        channel.start_consuming()


def broker_url():
    file = os.environ.get("HOLDFAST_BROKER_URL_FILE")
    if file:
        with open(file, encoding="ascii") as opened:
            return opened.read().strip()
    return os.environ["HOLDFAST_BROKER_URL"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    if not ("HOLDFAST_BROKER_URL_FILE" in os.environ or "HOLDFAST_BROKER_URL" in os.environ):
        sys.exit(__doc__)
    handled = Handled()
    while True:
        try:
            subscribe(handled)
            say("the broker has ended the subscription")
        except (AMQPError, OSError) as problem:
            say(f"not subscribed: {problem!r}")
        except Exception:  # of handle, which may raise whatever it wants
            traceback.print_exc()
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
