// What the console does in the browser beyond links and forms: times in the viewer's zone, copy buttons, live updates.
// Everything works without it, but for what is live. It writes text, never HTML.
"use strict";

// --- Times -------------------------------------------------------------------------------------------------------------
const times = (() => {
  const moment = new Intl.DateTimeFormat(undefined, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
  });
  const utc = (at) => at.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");

  /** The same steps and words as the server's, which shows them first. */
  function ago(seconds) {
    if (seconds < 5) return "just now";
    if (seconds < 60) return `${Math.floor(seconds)} s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
    const days = Math.floor(seconds / 86400);
    return days === 1 ? "1 day ago" : `${days} days ago`;
  }

  function show(root) {
    for (const time of root.querySelectorAll("time[data-time]:not([data-shown])")) {
      const at = new Date(time.dateTime);
      time.title = utc(at);
      time.textContent = moment.format(at);
      time.dataset.shown = "";
    }
    tick(root);
  }

  function tick(root) {
    for (const time of root.querySelectorAll("time[data-age]")) {
      const at = new Date(time.dateTime);
      const text = ago((Date.now() - at.getTime()) / 1000);
      if (time.textContent !== text) time.textContent = text;
      if (!time.dataset.shown) {
        time.title = `${moment.format(at)} (${utc(at)})`;
        time.dataset.shown = "";
      }
    }
    for (const element of root.querySelectorAll("[data-elapsed-since]")) {
      const seconds = Math.max(0, Math.floor((Date.now() - new Date(element.dataset.elapsedSince).getTime()) / 1000));
      element.textContent = duration(seconds);
    }
  }

  function duration(seconds) {
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  }

  setInterval(() => tick(document), 1000);
  return { show };
})();

// --- Copy buttons ------------------------------------------------------------------------------------------------------
const copying = (() => {
  /** <button data-copy> copies the <code> beside it, or what data-copy names by its id. */
  function textFor(button) {
    const named = button.dataset.copy ? document.getElementById(button.dataset.copy) : null;
    return (named ?? button.parentElement.querySelector("code")).textContent;
  }

  async function write(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    // Plain HTTP beyond this machine has no clipboard of its own.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("the browser does not let a page copy");
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    try {
      await write(textFor(button));
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });

  const show = (root) => root.querySelectorAll("button[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  return { show };
})();

// --- Live updates ------------------------------------------------------------------------------------------------------
// <section id="x" data-live="dev.holdfast.backup." hx-get="/this/page" hx-trigger="live" hx-select="#x" hx-swap="outerHTML">
// is fetched again when an event of such a type comes (several beginnings are separated by spaces); data-live-subject="id" narrows it to the events about one thing.
// <html data-live-place="1042">: the page shows everything up to this event; what comes after it is asked for, however long the page took to load.
const live = (() => {
  const PAUSE = 700;
  const AGAIN = 5000;
  const LONGEST = 20_000;
  const due = new Map();
  const underWay = new Set();
  const changedMeanwhile = new Set();
  let source = null;
  let missed = false;

  /** Many events in a row are one refresh; pages spread theirs a little, so that a thousand do not ask at once. */
  function refresh(element) {
    if (!element.id || due.has(element.id)) return;
    due.set(element.id, setTimeout(() => {
      due.delete(element.id);
      const present = document.getElementById(element.id);
      if (!present) return;
      if (document.hidden) missed = true;
      else if (underWay.has(present.id)) changedMeanwhile.add(present.id);
      else htmx.trigger(present, "live");
    }, PAUSE + Math.random() * 300));
  }

  // A refresh that is not answered must not keep those after it from being done.
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.matches("[data-live]")) event.detail.timeout = LONGEST;
  });

  // What is asked for while an older answer is on its way would be dropped: that answer replaces the element which asked.
  document.body.addEventListener("htmx:beforeRequest", (event) => underWay.add(event.detail.requestConfig.elt.id));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const id = event.detail.requestConfig.elt.id;
    underWay.delete(id);
    const present = document.getElementById(id);
    if (changedMeanwhile.delete(id) && present) refresh(present);
  });

  function matches(element, event) {
    const subject = element.dataset.liveSubject;
    return element.dataset.live.split(" ").some((begin) => event.type.startsWith(begin)) && (!subject || subject === event.subject);
  }

  function heard(message) {
    const event = JSON.parse(message.data);
    for (const element of document.querySelectorAll("[data-live]")) {
      if (matches(element, event)) refresh(element);
    }
  }

  const everything = () => document.querySelectorAll("[data-live]").forEach(refresh);

  function state(text) {
    const line = document.querySelector("[data-live-state]");
    line.hidden = !text;
    line.textContent = text;
  }

  const TYPES = ["backup.requested", "backup.cancel-requested", "backup.started", "backup.progressed", "backup.completed",
    "backup.failed", "backup.cancelled", "source.deleted", "worker.storage-failed", "worker.storage-recovered", "alert.raised",
    "alert.resolved"];

  /** Without a place, whatever was missed is made good by fetching everything again as soon as there is a connection. */
  function connect(place) {
    let lost = !place;
    let warning = 0;
    source?.close();
    source = new EventSource(place ? `/api/v1/events?lastEventId=${place}` : "/api/v1/events");
    TYPES.forEach((type) => source.addEventListener(`dev.holdfast.${type}.v1`, heard));
    source.onopen = () => {
      clearTimeout(warning);
      warning = 0;
      state("");
      document.documentElement.dataset.liveConnected = "";
      if (lost) everything();
      lost = false;
    };
    source.onerror = () => {
      lost = true;
      delete document.documentElement.dataset.liveConnected;
      if (!warning) warning = setTimeout(() => state("No live updates at present: the connection is lost. Trying again…"), 3000);
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) connect(); }, 5000);
    };
  }

  // A browser opens six connections to a host: tabs that nobody looks at must not use them up.
  const HIDDEN = 10_000;
  let leaving = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) {
      leaving = setTimeout(() => source?.close(), HIDDEN);
    } else if (source?.readyState === EventSource.CLOSED) {
      connect();
    } else if (missed) {
      everything();
    }
    if (!document.hidden) missed = false;
  });
  // A page that waits in the browser's history must not keep its stream: a browser has few connections to one host.
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted && source) connect(); });

  // The last event of a backup has none after it that would bring what one failed refresh did not.
  function failed(event) {
    const status = event.detail.xhr.status;
    const mayPass = status === 0 || status === 429 || status >= 500;
    if (mayPass && event.detail.elt.matches("[data-live]")) setTimeout(() => refresh(event.detail.elt), AGAIN);
  }
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.addEventListener(name, failed));

  /** <… data-live-every="5">: something goes on that no event tells of, so it is fetched again after so many seconds, too. */
  function show(root) {
    for (const element of root.querySelectorAll("[data-live-every]:not([data-timed])")) {
      element.dataset.timed = "";
      setTimeout(() => refresh(element), element.dataset.liveEvery * 1000);
    }
  }

  function start() {
    if (!source && document.querySelector("[data-live]")) connect(document.documentElement.dataset.livePlace);
  }
  return { start, show };
})();

// --- Logs --------------------------------------------------------------------------------------------------------------
// <pre data-log="/api/v1/backups/…/log" data-log-follow> shows a text from that address; it is read again while it grows.
const logs = (() => {
  const EVERY = 2000;
  const MOST = 256 * 1024;

  /** Whether it could be read. */
  async function read(element) {
    const answer = await fetch(element.dataset.log, { headers: { Accept: "text/plain, application/problem+json" } });
    const text = await answer.text();
    if (!answer.ok) {
      element.textContent = `The log can't be read now (${answer.status}).`;
      return false;
    }
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
    const shown = text.length > MOST ? `… the whole log is in the download …\n${text.slice(-MOST)}` : text;
    const none = document.querySelector("[data-ended]") ? "There is no log of it, or not any more." : "Nothing yet.";
    if (element.textContent !== shown) element.textContent = shown || none;
    if (atEnd && "logFollow" in element.dataset) element.scrollTop = element.scrollHeight;
    return true;
  }

  /** <… data-ended="2">: attempt 2 has ended, so its log is read once more and then left alone; another attempt may begin by itself. */
  async function follow(element, whole = "") {
    // Asked before the reading: what is written until the end is then read once more.
    const ended = document.querySelector("[data-ended]")?.dataset.ended ?? "";
    let known = whole;
    try {
      if (!document.hidden && (!ended || ended !== whole) && await read(element)) known = ended;
    } catch {
      // The service is being restarted, say; the next look is soon, and the line above the page tells of it.
    }
    if (element.isConnected && "logFollow" in element.dataset) setTimeout(() => follow(element, known), EVERY);
  }

  function show(root) {
    for (const element of root.querySelectorAll("[data-log]:not([data-shown])")) {
      element.dataset.shown = "";
      const folded = element.closest("details:not([open])");
      if (folded) folded.addEventListener("toggle", () => follow(element), { once: true });
      else follow(element);
    }
  }
  return { show };
})();

// --- Folds -------------------------------------------------------------------------------------------------------------
// <details id="x"> that somebody has opened or closed stays so when its part of the page is fetched again.
const folds = (() => {
  const chosen = new Map();
  document.addEventListener("click", (event) => {
    const fold = event.target.closest("summary")?.parentElement;
    if (fold?.id) chosen.set(fold.id, !fold.open);
  });

  const show = (root) => root.querySelectorAll("details[id]").forEach((fold) => {
    if (chosen.has(fold.id)) fold.open = chosen.get(fold.id);
  });
  return { show };
})();

// --- Everything, on the page and on what htmx brings ------------------------------------------------------------------
function show(root) {
  times.show(root);
  copying.show(root);
  logs.show(root);
  folds.show(root);
  live.show(root);
}

/** On a narrow screen the navigation is one row that scrolls: the entry of this page is to be seen, and the whole of one that has the focus. */
function keepInView(row) {
  const current = row?.querySelector("[aria-current]")?.getBoundingClientRect();
  if (current) row.scrollLeft += current.left + current.width / 2 - row.clientWidth / 2;
  row?.addEventListener("focusin", (event) => event.target.scrollIntoView({ block: "nearest", inline: "nearest" }));
}

show(document);
live.start();
keepInView(document.querySelector(".side"));
document.body.addEventListener("htmx:load", (event) => show(event.detail.elt.parentElement ?? document));
// A form that asks before it does something: <form data-confirm="…">.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset?.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
// A filter acts as soon as it is chosen: <form data-submit-on-change>.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});
