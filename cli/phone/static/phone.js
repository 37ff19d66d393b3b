'use strict';

// The page asks each second whether anything changed, and draws only what did. Whatever a member or the
// service wrote goes in as text, never as HTML; a mail's HTML lives in a sandboxed frame of its own.

const NEW = 'new';
const FIRST_NUMBER = '+14155550123'; // a number kept for fiction: it rings nowhere
const $ = (id) => document.getElementById(id);
const make = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text });

const saved = {
  get: (key, otherwise) => { try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; } },
  set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private window */ } },
};

const read = new Set(saved.get('read', []));
let number = saved.get('number', FIRST_NUMBER);
let address = saved.get('address', '');
let shownTexts = new Map(); // sid → element
let mails = [], openMail = 0, chosenByHand = false, part = 'html';
let lastChange = null, unseenTexts = 0, retry = null, waiting = 0;

async function ask(path, body) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, body ? post : {});
  } catch {
    throw new Error('The phone is not running any more. Start it again with “make run”.');
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(data.error ?? `The phone answered ${answer.status}.`), { data });
  return data;
}

function notice(words, good = false) {
  $('notice').classList.toggle('good', good);
  $('notice').textContent = words;
}

function badge(id, count) {
  $(id).hidden = !count;
  $(id).textContent = count || '';
}

/* The phone */

const clock = (moment) => moment.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });

function day(moment) {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(new Date()) - midnight(moment)) / 86400000);
  if (ago < 2) return ago < 1 ? 'Today' : 'Yesterday';
  return moment.toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' });
}

const STATUS = { received: 'delivered', receiving: 'sending', failed: 'not delivered' };

function meta(text) {
  const parts = [clock(new Date(text.time)), STATUS[text.status] ?? text.status];
  if (text.author === 'twilio') parts.unshift('Twilio');
  if (text.segments > 1) parts.push(`${text.segments} segments`);
  return parts.join(' · ');
}

function drawTexts(texts) {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const kept = new Set(texts.map((text) => text.sid));
  if ([...shownTexts.keys()].some((sid) => !kept.has(sid))) clearTexts();
  const first = shownTexts.size === 0;
  let before = null, added = 0;
  for (const text of texts) {
    const today = day(new Date(text.time));
    let element = shownTexts.get(text.sid);
    if (!element) {
      if (today !== before) $('typing').before(make('p', 'day', today));
      element = make('div', '');
      element.append(make('span', 'sr', { member: 'You: ', service: 'Unstuck: ', twilio: 'Twilio: ' }[text.author]));
      element.append(make('span', 'bubble', text.body), make('span', 'meta'));
      $('typing').before(element);
      shownTexts.set(text.sid, element);
      added += text.direction === 'outbound';
    }
    const className = `text ${text.direction} ${text.author} ${text.status}`;
    if (element.className !== className) element.className = className;
    if (element.lastChild.textContent !== meta(text)) element.lastChild.textContent = meta(text);
    before = today;
  }
  $('no-texts').hidden = texts.length > 0;
  if (atEnd || first) log.scrollTop = log.scrollHeight;
  if (!first && (document.hidden || document.body.dataset.view !== 'phone')) unseenTexts += added;
}

function clearTexts() {
  document.querySelectorAll('#log > .text, #log > .day').forEach((element) => element.remove());
  shownTexts = new Map();
}

function drawNumbers(known) {
  const listed = known.map((one) => one.number);
  if (!listed.includes(number)) listed.unshift(number);
  const options = [...listed.map((one) => new Option(one, one)), new Option('Another number…', NEW)];
  if ($('numbers').dataset.listed !== listed.join()) $('numbers').replaceChildren(...options);
  $('numbers').dataset.listed = listed.join();
  if ($('other').hidden) $('numbers').value = number;
  $('stopped').hidden = !known.some((one) => one.number === number && one.opted_out);
}

function useNumber(chosen) {
  number = chosen;
  saved.set('number', number);
  $('other').hidden = true;
  clearTexts();
  retry = null;
  notice('');
  refresh();
}

async function send() {
  const field = $('text'), text = field.value, from = number;
  if (!text.trim()) return field.focus();
  const again = retry?.text === text ? { sid: retry.sid } : {};
  field.value = '';
  field.focus();
  count();
  notice('');
  $('typing').hidden = !++waiting;
  setTimeout(refresh, 60); // the text itself shows at once, its answer when it is there
  try {
    await ask(`/phone/${encodeURIComponent(from)}/texts`, { text, ...again });
    retry = null;
  } catch (error) {
    // Sent again as it is, it goes out under the same sid: Twilio's own retry.
    if (error.data?.sid) retry = { text, sid: error.data.sid };
    if (!field.value) field.value = text;
    count();
    notice(error.message);
  }
  $('typing').hidden = !--waiting;
  await refresh();
  if (from === number) $('log').scrollTop = $('log').scrollHeight;
}

async function count() {
  const text = $('text').value;
  const counted = text ? await ask(`/segments?text=${encodeURIComponent(text)}`).catch(() => null) : null;
  if (text !== $('text').value) return; // typed on meanwhile
  const plural = counted?.segments === 1 ? '' : 's';
  $('count').textContent = counted ? `${[...text].length} characters · ${counted.segments} segment${plural} · ${counted.encoding}` : '';
}

async function nudge() {
  const button = $('nudge');
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  notice('');
  try {
    await ask(`/nudge/${encodeURIComponent(number)}`, { kind: 'daily_checkin' });
    notice('Asked for. Your check-in is on its way.', true);
    setTimeout(() => $('notice').classList.contains('good') && notice(''), 5000);
  } catch (error) {
    notice(error.message);
  }
  button.ariaDisabled = 'false';
}

/* The mailbox */

function drawAddresses(known) {
  if (!known.some((one) => one.address === address)) address = known[0]?.address ?? '';
  const labels = known.map((one) => `${one.address} (${one.mails})`);
  if ($('addresses').dataset.listed !== labels.join()) {
    $('addresses').replaceChildren(...known.map((one, at) => new Option(labels[at], one.address)));
    $('addresses').dataset.listed = labels.join();
  }
  $('addresses').value = address;
  $('address-field').hidden = $('mails').hidden = !known.length;
  $('no-mails').hidden = known.length > 0;
}

function drawMails(found) {
  mails = found;
  const list = $('mail-list');
  while (list.children.length > mails.length) list.firstChild.remove();
  for (const mail of mails.slice(list.children.length)) {
    const item = make('li', ''), button = make('button', '');
    const moment = new Date(mail.time);
    button.type = 'button';
    button.dataset.n = mail.n;
    button.append(make('span', 'title', mail.subject || '(no subject)'));
    button.append(make('span', 'when', `${day(moment)}, ${clock(moment)}`));
    button.onclick = () => { chosenByHand = mail.n !== mails.length; show(mail.n); };
    item.append(button);
    list.prepend(item);
  }
  if (mails.length && !chosenByHand && openMail !== mails.length) show(mails.length);
  else markMails();
}

const key = (n) => `${address}#${n}#${mails[n - 1].time}`;

function markMails() {
  // Opened where nobody can see it, on the hidden tab, a mail is still new.
  const visible = $('mailbox').offsetParent !== null && !document.hidden;
  if (openMail && visible && !read.has(key(openMail))) saved.set('read', [...read.add(key(openMail))].slice(-500));
  document.querySelectorAll('#mail-list button').forEach((button) => {
    const n = Number(button.dataset.n);
    button.classList.toggle('unread', !read.has(key(n)));
    button.setAttribute('aria-current', String(n === openMail));
  });
  const unread = mails.filter((mail) => !read.has(key(mail.n))).length;
  badge('mail-badge', unread);
  badge('tab-badge', unread);
  badge('phone-badge', unseenTexts);
  document.title = `${unread + unseenTexts ? `(${unread + unseenTexts}) ` : ''}Unstuck · phone`;
}

function show(n) {
  openMail = n;
  const mail = mails[n - 1], base = `/mailbox/${encodeURIComponent(address)}/${n}`;
  $('subject').textContent = mail.subject || '(no subject)';
  $('from').textContent = mail.from;
  $('to').textContent = mail.to;
  $('mail-time').textContent = new Date(mail.time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  $('mail-time').dateTime = mail.time;
  $('attachments').textContent = mail.attachments.join(', ');
  $('raw').href = `${base}.eml`;
  $('mail-text').textContent = mail.text || '(This mail has no text part.)';
  $('mail-html').src = `${base}/html`;
  markMails();
}

function showPart(chosen) {
  part = chosen;
  $('mail-html').hidden = part !== 'html';
  $('mail-text').hidden = part !== 'text';
  document.querySelectorAll('[data-part]').forEach((button) => { button.ariaPressed = String(button.dataset.part === part); });
}

function useAddress(chosen) {
  address = chosen;
  saved.set('address', address);
  [mails, openMail, chosenByHand] = [[], 0, false];
  $('mail-list').replaceChildren();
  refresh();
}

/* Both */

async function refresh() {
  const asked = number;
  try {
    drawNumbers(await ask('/phone'));
    const texts = await ask(`/phone/${encodeURIComponent(asked)}/texts`);
    if (asked === number) drawTexts(texts);
    drawAddresses(await ask('/mailbox'));
    const of = address;
    const found = of ? await ask(`/mailbox/${encodeURIComponent(of)}`) : [];
    if (of === address) drawMails(found);
  } catch (error) {
    notice(error.message);
  }
}

async function health() {
  const answer = await fetch('/health').catch(() => null);
  const { status, api, service_number } = answer ? await answer.json() : { status: 'down' };
  const words = { ok: 'The service is up', starting: 'The service is starting…', down: 'The phone is not running' }[status];
  $('state').dataset.state = status;
  if ($('state-words').textContent !== words) $('state-words').textContent = words;
  if (api) $('signup').href = $('signup-here').href = `${api}/`;
  if (service_number) $('service-number').textContent = service_number;
  return status === 'ok';
}

async function tick(since = 0) {
  const moment = clock(new Date());
  if ($('clock').textContent !== moment) $('clock').textContent = moment;
  const changes = await ask('/changes').then((answer) => answer.changes, () => null);
  if (changes !== null && changes !== lastChange) await refresh();
  lastChange = changes;
  const next = changes === null || since % 10 === 0 ? await health() : true;
  setTimeout(tick, 1000, next ? since + 1 : 0);
}

function view(name) {
  document.body.dataset.view = name;
  document.querySelectorAll('[data-show]').forEach((button) => { button.ariaPressed = String(button.dataset.show === name); });
  seen();
}

function seen() {
  if (document.hidden) return;
  if (document.body.dataset.view === 'phone') {
    unseenTexts = 0;
    $('log').scrollTop = $('log').scrollHeight;
  }
  markMails();
}

$('composer').onsubmit = (event) => { event.preventDefault(); send(); };
$('text').oninput = count;
$('text').onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
};
$('nudge').onclick = nudge;
$('numbers').onchange = () => {
  if ($('numbers').value !== NEW) return useNumber($('numbers').value);
  $('other').hidden = false;
  $('number').focus();
};
$('other').onsubmit = async (event) => {
  event.preventDefault();
  const written = `+${$('number').value.replace(/[\s().-]|^\+/g, '')}`;
  try {
    await ask(`/phone/${encodeURIComponent(written)}/texts`);
    useNumber(written);
    $('text').focus();
  } catch (error) {
    notice(error.message);
  }
};
$('addresses').onchange = () => useAddress($('addresses').value);
document.querySelectorAll('[data-part]').forEach((button) => { button.onclick = () => showPart(button.dataset.part); });
document.querySelectorAll('[data-show]').forEach((button) => { button.onclick = () => view(button.dataset.show); });
document.onvisibilitychange = seen;
tick();
