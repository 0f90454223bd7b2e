/**
 * The event stream of control. `EventSource` cannot send a token, so this reads the same format with `fetch`:
 * HTML standard, 9.2.6 (Interpreting an event stream).
 */

const RETRY_FIRST = 500;
const RETRY_LAST = 5000;

/** One event from its lines; null for a block without data, such as a comment. */
export function parseEvent(lines) {
  const event = { type: "message", id: "", data: "" };
  const data = [];
  for (const line of lines) {
    const [, name, value] = line.match(/^([^:]*):? ?(.*)$/);
    if (name === "event") event.type = value;
    if (name === "id") event.id = value;
    if (name === "data") data.push(value);
  }
  return data.length ? { ...event, data: JSON.parse(data.join("\n")) } : null;
}

/** Listens for ever: `onEvent` gets each event, `onState` hears `live` and `lost`. */
export async function listen(control, onEvent, onState) {
  let lastId = "";
  let pause = RETRY_FIRST;
  const gone = new AbortController();
  window.addEventListener("pagehide", () => gone.abort());
  while (!gone.signal.aborted) {
    try {
      const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
      const answer = await control.open("/events?all=true&history=500", headers, gone.signal);
      onState("live");
      pause = RETRY_FIRST;
      for await (const event of events(answer.body)) {
        lastId = event.id || lastId;
        onEvent(event);
      }
    } catch (error) {
      if (!gone.signal.aborted) console.info(`The event stream ended: ${error.message}`);
    }
    onState("lost");
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(2 * pause, RETRY_LAST);
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split("\n\n");
    rest = blocks.pop();
    for (const each of blocks) {
      const event = parseEvent(each.split("\n"));
      if (event) yield event;
    }
  }
}
