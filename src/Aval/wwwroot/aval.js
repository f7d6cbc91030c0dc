// Single keys, unless one is writing or has switched them off: "/" leads to the search, "?" shows them all, "g" and a letter lead to a page.
(function () {
  if (document.documentElement.dataset.keys === 'off') return;
  let going = 0;
  const rows = () => [...document.querySelectorAll('main .list tbody tr')].map(row => row.querySelector('th a, td a')).filter(link => link);
  const step = by => {
    const links = rows(), row = document.activeElement.closest('.list tbody tr');
    const now = links.findIndex(link => link.closest('tr') === row);
    links[Math.max(0, Math.min(links.length - 1, now < 0 ? 0 : now + by))]?.focus();
  };
  const focus = element => { element?.focus(); return !!element; };
  const keys = {
    '/': () => focus(document.getElementById('search')),
    '?': () => document.getElementById('keys')?.togglePopover(),
    j: () => step(1),
    k: () => step(-1),
    n: () => document.querySelector('main .pager [rel=next], main [data-skip]')?.click(),
    p: () => document.querySelector('main .pager [rel=prev]')?.click(),
    f: () => focus(document.querySelector('main .filters input:not([type=hidden]), main .filters select')),
    u: () => [...document.querySelectorAll('.crumbs a')].at(-1)?.click(),
    g: () => { going = Date.now(); },
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=radio]), select, textarea, [contenteditable]')) return;
    const choice = /^[1-9]$/.test(event.key) && !event.repeat && document.querySelector(`main [data-choice="${event.key}"]`);
    const place = Date.now() - going < 1500 && document.querySelector(`.menu [data-key="${CSS.escape(event.key)}"]`);
    going = 0;
    if (place) place.click();
    else if (choice) { choice.click(); choice.focus(); }
    else if (Object.hasOwn(keys, event.key)) keys[event.key]();
    else return;
    event.preventDefault();
  });
})();

// A form whose server cannot be reached is not sent: the page stays with what was typed in it, and says so. A server that is slow to answer is reached.
// It is asked before the form goes, and the form goes on as it was sent, by the same button. Files tell by themselves that they did not arrive.
(function () {
  const patience = 4000, away = [502, 503, 504], asking = new WeakSet(), reached = new WeakSet();
  const tell = (form, button) => {
    const said = Object.assign(document.getElementById('unreached').cloneNode(true), { id: '', hidden: false });
    said.dataset.unreached = '';
    if (button?.isConnected) button.before(said);
    else form.append(said);
    said.scrollIntoView({ block: 'nearest' });
  };
  addEventListener('submit', event => {
    const form = event.target, button = event.submitter;
    if (!form.matches('[method=post i]') || form.querySelector('progress[data-upload]') || reached.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking.has(form)) return;
    asking.add(form);
    form.querySelector('[data-unreached]')?.remove();
    const ask = new XMLHttpRequest();
    const heard = isThere => {
      asking.delete(form);
      if (!isThere) return tell(form, button);
      reached.add(form);
      form.requestSubmit(button?.isConnected ? button : null);
    };
    ask.addEventListener('load', () => heard(!away.includes(ask.status)));
    ask.addEventListener('timeout', () => heard(true));
    ask.addEventListener('error', () => heard(false));
    ask.open('GET', '/health/live');
    ask.timeout = patience;
    ask.send();
  }, true);
})();

// What posts money is sent once: neither a key that is held nor a second press sends it again.
(function () {
  const forms = () => document.querySelectorAll('form[data-once]');
  document.addEventListener('keydown', event => {
    if (event.repeat && event.key === 'Enter' && event.target.closest('form[data-once]')) event.preventDefault();
  });
  document.addEventListener('submit', event => {
    if (!event.target.matches('form[data-once]')) return;
    if (event.target.dataset.once === 'sent') event.preventDefault();
    else event.target.dataset.once = 'sent';
  });
  addEventListener('pageshow', () => { for (const form of forms()) form.dataset.once = ''; });
})();

// What is asked of the server and takes its time shows that it does.
(function () {
  let waiting = 0;
  const show = by => {
    waiting = Math.max(0, waiting + by);
    document.body.classList.toggle('waits', waiting > 0);
  };
  const quiet = event => event.detail.elt?.matches('[data-topics]');
  document.addEventListener('htmx:beforeRequest', event => { if (quiet(event)) return; event.target.setAttribute?.('aria-busy', 'true'); show(1); });
  document.addEventListener('htmx:afterRequest', event => { if (quiet(event)) return; event.target.removeAttribute?.('aria-busy'); show(-1); });
})();

// What was refused or did not come is loaded anew as a page, which tells why. News are asked for again by themselves.
document.addEventListener('htmx:responseError', event => {
  const { elt, requestConfig, pathInfo } = event.detail;
  if (requestConfig?.verb === 'get' && !elt.matches('[data-follow]')) location.href = pathInfo?.finalRequestPath ?? requestConfig.path;
});

// A list that was exchanged says so to those who do not see it: how many it has now, and which of them it shows.
document.addEventListener('htmx:afterSettle', event => {
  const said = document.getElementById('said');
  const told = [...event.target.querySelectorAll('[data-said]')].map(part => part.dataset.said).join(', ');
  if (said && told && said.textContent !== told) said.textContent = told;
});

// Who was in a part that was exchanged goes on where they were: at the same link, else at its heading. What has an id of its own htmx finds again.
(function () {
  let left = null;
  document.addEventListener('htmx:beforeSwap', event => {
    const part = event.detail.target, at = document.activeElement;
    left = part?.id && at !== document.body && part.contains(at) ? { part: part.id, href: at.getAttribute('href') } : null;
  });
  document.addEventListener('htmx:afterSettle', () => {
    const part = left && document.activeElement === document.body ? document.getElementById(left.part) : null;
    const same = left?.href && part ? [...part.querySelectorAll('a')].find(link => link.getAttribute('href') === left.href) : null;
    const head = same ? null : part?.querySelector('h1, h2');
    if (head) head.tabIndex = -1;
    (same ?? head)?.focus({ preventScroll: !!same });
    left = null;
  });
})();

// News that change nothing of a part leave it as it is, so that nobody is disturbed who reads there or has marked something.
document.addEventListener('htmx:beforeSwap', event => {
  const { target, requestConfig, serverResponse, xhr } = event.detail;
  if (requestConfig?.triggeringEvent?.type !== 'news' || xhr.status !== 200 || target?.getAttribute('hx-trigger') !== 'news') return;
  const was = target.cloneNode(true), now = new DOMParser().parseFromString(serverResponse, 'text/html').getElementById(target.id);
  was.classList.remove('htmx-request');
  for (const name of ['aria-busy', ...was.classList.length === 0 ? ['class'] : []]) was.removeAttribute(name);
  if (now?.isEqualNode(was)) event.detail.shouldSwap = false;
});

// What a page asks by itself is no use of the session: one that nobody sits at ends.
document.addEventListener('htmx:configRequest', event => {
  if (event.detail.triggeringEvent?.type === 'news') event.detail.headers['Aval-News'] = '1';
});

// What changes while somebody looks: one stream for the page while it is seen, a look every half minute where there is none.
// However much happens, no more than a tenth of the time goes into answering one page: the longer an answer took, the longer it rests.
(function () {
  const rest = 9, leastBetween = 1000, leastBetweenOthers = 5000, soonest = 400, longest = 60000;
  let stream = null, polling = null, waiting = null, due = 0, showedOthers = 0, asking = 0, began = 0, mayAsk = 0;
  const heard = new Set(), awaited = new Map();
  const parts = () => [...document.querySelectorAll('[data-follow]')];
  const chosen = list => Math.max(0, [...list.options].findIndex(option => option.defaultSelected));
  const isTyped = field => field.matches('select') ? field.selectedIndex !== chosen(field)
    : ['checkbox', 'radio'].includes(field.type) ? field.checked !== field.defaultChecked
    : !['hidden', 'range'].includes(field.type) && field.value !== field.defaultValue;
  const writes = part => part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea') || part.querySelector('details[open]')
    || [...part.querySelectorAll('input, select, textarea')].some(isTyped);
  const names = part => part.dataset.topics?.split(' ') ?? [part.dataset.follow];
  // Somebody has asked for another page of it, or for it in another order: what they asked for comes, not what they have left.
  const isAwaited = part => [...awaited.values()].flat().some(element => part.contains(element));
  const refresh = () => {
    waiting = null;
    // The answer that is still to come asks for what was heard meanwhile; one that never comes is not waited for.
    if (asking > 0 && Date.now() - began < longest) return;
    asking = 0;
    // What was heard while an answer came is asked for no sooner than that answer's time allows.
    if (Date.now() < mayAsk) return soon(0);
    if (heard.has('all')) showedOthers = Date.now();
    const about = new Set(heard);
    heard.clear();
    for (const part of parts())
      if (names(part).some(name => !name || about.has(name)) && !writes(part)) htmx.trigger(part, 'news');
  };
  const soon = after => {
    const at = Math.max(Date.now() + after, mayAsk);
    if (document.hidden || waiting && due <= at) return;
    clearTimeout(waiting);
    due = at;
    waiting = setTimeout(refresh, at - Date.now());
  };
  // On a busy day something is always committed by others: it is shown at once, and then every five seconds.
  const patience = () => [...heard].every(name => name === 'all') ? Math.max(soonest, showedOthers + leastBetweenOthers - Date.now()) : soonest;
  const hearOf = (...names) => {
    names.forEach(name => heard.add(name));
    soon(patience());
  };
  const hear = event => {
    const { block, subject, order } = JSON.parse(event.data);
    hearOf(block, subject, order, 'work');
  };
  const hearOthers = () => document.querySelector('[data-topics~=all]') && hearOf('all');
  const hearAll = () => {
    parts().flatMap(names).forEach(name => heard.add(name));
    soon(0);
  };
  const isNews = event => event.detail.requestConfig?.triggeringEvent?.type === 'news';
  document.addEventListener('htmx:beforeSend', event => {
    const { xhr, elt, target } = event.detail;
    if (!isNews(event)) return awaited.set(xhr, [elt, target]);
    // Where no answer comes, and no word that none will, it is asked for again some time.
    xhr.timeout = longest;
    if (asking++ === 0) began = Date.now();
  });
  document.addEventListener('htmx:beforeSwap', event => {
    const { target } = event.detail;
    if (!isNews(event) || !isAwaited(target)) return;
    event.detail.shouldSwap = false;
    names(target).forEach(name => heard.add(name));
  });
  document.addEventListener('htmx:afterRequest', event => {
    if (!isNews(event)) awaited.delete(event.detail.xhr);
    else if (asking > 0 && --asking === 0) mayAsk = Date.now() + Math.max(leastBetween, rest * (Date.now() - began));
    if (heard.size > 0) soon(patience());
  });
  const stop = () => {
    stream?.close();
    clearInterval(polling);
    clearTimeout(waiting);
    stream = polling = waiting = null;
  };
  const start = () => {
    if (stream || polling || document.hidden || parts().length === 0) return;
    // What was committed after the page was read, and before the stream began, is told by the stream too.
    stream = new EventSource('/events?committed=' + encodeURIComponent(document.body.dataset.committed ?? ''));
    stream.addEventListener('missed', hearAll);
    stream.addEventListener('work', hear);
    stream.addEventListener('changed', hearOthers);
    stream.addEventListener('error', () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      stop();
      polling = setInterval(hearAll, 30000);
      hearAll();
    });
  };
  document.addEventListener('visibilitychange', () => document.hidden ? stop() : start());
  addEventListener('pagehide', stop);
  addEventListener('pageshow', start);
  start();
})();

// A form whose page somebody else has overtaken says so; what stands in it stays.
document.addEventListener('htmx:afterSettle', () => {
  const read = document.querySelector('[data-edition-read]');
  const now = document.querySelector('[data-edition-now]');
  if (read && now && read.dataset.editionRead !== now.dataset.editionNow) read.hidden = false;
});

// A slider and the field that it moves tell each other what they stand at; the field is the one that is sent. A slider knows a decimal point only.
document.addEventListener('input', event => {
  const moved = event.target;
  const twin = moved.dataset.twin ? document.getElementById(moved.dataset.twin) : document.querySelector(`[data-twin="${CSS.escape(moved.id)}"]`);
  if (twin && moved.id !== twin.id) twin.value = twin.type === 'range' ? moved.value.replace(/\s/g, '').replace(/,(\d{1,2})$/, '.$1') : moved.value;
});

// Files on their way show how far they are; when they are there, that they are being read. Without scripts the browser sends the same form and waits.
document.addEventListener('submit', event => {
  const form = event.target, bar = form.querySelector('progress[data-upload]');
  if (!bar) return;
  event.preventDefault();
  const said = form.querySelector('[data-upload-said]'), button = form.querySelector('button'), sent = new XMLHttpRequest();
  const tell = (text, value) => {
    said.textContent = text;
    if (value === null) bar.removeAttribute('value');
    else bar.value = value;
  };
  bar.hidden = false;
  button.disabled = true;
  tell(bar.dataset.sending, 0);
  sent.upload.addEventListener('progress', at => { if (at.lengthComputable) tell(bar.dataset.sending, at.loaded / at.total); });
  sent.upload.addEventListener('load', () => tell(bar.dataset.reading, null));
  sent.addEventListener('load', () => {
    if (sent.status < 400) { location.href = sent.responseURL; return; }
    const page = new DOMParser().parseFromString(sent.responseText, 'text/html').querySelector('main');
    document.querySelector('main').replaceChildren(...page.childNodes);
    document.querySelector('main [role=alert]')?.scrollIntoView();
  });
  sent.addEventListener('error', () => { bar.hidden = true; button.disabled = false; said.textContent = bar.dataset.failed; });
  sent.open('POST', form.action);
  sent.send(new FormData(form));
});

// What the check cannot read of an order while somebody types is marked at its field, and said beside it; what was mended is marked no more.
document.addEventListener('htmx:afterSettle', () => {
  const form = document.getElementById('entry'), answer = document.getElementById('entry-answer');
  if (!form || !answer) return;
  for (const said of form.querySelectorAll('.invalid-feedback')) said.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.classList.remove('is-invalid');
    for (const about of ['aria-invalid', 'aria-describedby']) field.removeAttribute(about);
  }
  const lines = [...form.querySelectorAll('fieldset.typed-line')].filter(line => [...line.querySelectorAll('input')].some(field => field.value.trim()));
  for (const fault of answer.querySelectorAll('[data-faulty]')) {
    const [, at, name] = /^(?:lines\[(\d+)\]\.)?(.*)$/.exec(fault.dataset.faulty);
    const field = (at ? lines[at] : form)?.querySelector(`[data-field="${CSS.escape(name)}"], [name="${CSS.escape(name)}"]`);
    if (!field) continue;
    const said = Object.assign(document.createElement('span'), { className: 'invalid-feedback d-block', id: `fault-${at ?? ''}-${name}` });
    said.textContent = fault.querySelector('[hidden]').textContent;
    field.after(said);
    field.classList.add('is-invalid');
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', said.id);
  }
});
