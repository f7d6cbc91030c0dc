// "/" leads to the search, unless one is writing.
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, select, textarea')) return;
  const search = document.getElementById('search');
  if (!search) return;
  event.preventDefault();
  search.focus();
});

// A list that was exchanged says so to those who do not see it.
document.addEventListener('htmx:afterSettle', event => {
  const said = document.getElementById('said');
  const count = event.target.querySelector('[data-said]');
  if (said && count) said.textContent = count.dataset.said;
});

// What changes while somebody looks: one stream for the page while it is seen, a look every half minute where there is none.
(function () {
  let stream = null, polling = null, waiting = null;
  const parts = () => [...document.querySelectorAll('[data-follow]')];
  const writes = part => part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea') || part.querySelector('details[open]');
  const refresh = about => {
    for (const part of parts())
      if ((!part.dataset.follow || about.has(part.dataset.follow)) && !writes(part)) htmx.trigger(part, 'news');
  };
  const heard = new Set();
  const hear = event => {
    for (const name of ['block', 'subject', 'order']) heard.add(JSON.parse(event.data)[name]);
    waiting ??= setTimeout(() => { waiting = null; refresh(heard); heard.clear(); }, 400);
  };
  const stop = () => {
    stream?.close();
    clearInterval(polling);
    stream = polling = null;
  };
  const start = () => {
    if (stream || polling || document.hidden || parts().length === 0) return;
    stream = new EventSource('/events');
    stream.addEventListener('work', hear);
    stream.addEventListener('error', () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      stop();
      polling = setInterval(() => refresh(new Set(parts().map(part => part.dataset.follow))), 30000);
    });
  };
  document.addEventListener('visibilitychange', () => document.hidden ? stop() : start());
  addEventListener('pagehide', stop);
  addEventListener('pageshow', start);
  start();
})();

// A slider and the field that it moves tell each other what they stand at; the field is the one that is sent.
document.addEventListener('input', event => {
  const moved = event.target;
  const twin = moved.dataset.twin ? document.getElementById(moved.dataset.twin) : document.querySelector(`[data-twin="${CSS.escape(moved.id)}"]`);
  if (twin && moved.id !== twin.id) twin.value = moved.value;
});
