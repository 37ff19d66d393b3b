// The phone: the texts of one number, and writing the next.

import { $, ask, clock, day, every, make, notice, saved } from './common.js';

const FIRST_NUMBER = '+14155550123'; // a number kept for fiction: it rings nowhere
const ANOTHER = 'another';
const SPEAKER = { member: 'You: ', service: 'Unstuck: ', twilio: 'Twilio: ' };
const STATUS = { received: 'delivered', receiving: 'sending', failed: 'not delivered' };

let number = saved.get('number', FIRST_NUMBER);
let chosen = saved.get('number', null) !== null; // by the person; until then it is the number that texted last
let shown = new Map(); // sid → element
let pinned = true; // at the newest text, and to stay there
let unseen = 0;
let retry = null; // what failed last: the same text again goes out under the same sid, as Twilio's own retry
let waiting = 0;
let refresh = () => {};

const log = $('log');
const toEnd = () => { log.scrollTop = log.scrollHeight; };
const onScreen = () => !document.hidden && log.offsetParent !== null;

export const unseenTexts = () => unseen;

export function seenTexts() {
  if (!onScreen()) return;
  unseen = 0;
  if (pinned) toEnd();
}

export async function refreshTexts() {
  const known = await ask('/phone');
  if (!chosen && known.length) number = known[0].number;
  const asked = number;
  drawNumbers(known);
  const texts = await ask(`/phone/${encodeURIComponent(asked)}/texts`);
  if (asked === number) draw(texts);
}

function draw(texts) {
  const there = new Set(texts.map((text) => text.sid));
  if ([...shown.keys()].some((sid) => !there.has(sid))) clear();
  const first = shown.size === 0;
  let before = null;
  for (const text of texts) {
    const date = day(new Date(text.time));
    let element = shown.get(text.sid);
    if (!element) {
      if (date !== before) $('typing').before(make('p', 'day', date));
      element = make('div', '');
      element.append(make('span', 'sr', SPEAKER[text.author]), make('span', 'bubble', text.body), make('span', 'meta'));
      $('typing').before(element);
      shown.set(text.sid, element);
      if (!first && text.direction === 'outbound' && !onScreen()) unseen += 1;
    }
    // Touched only where it changed, so that nothing flickers and no screen reader repeats itself.
    const className = `text ${text.direction} ${text.author} ${text.status}`;
    if (element.className !== className) element.className = className;
    if (element.lastChild.textContent !== meta(text)) element.lastChild.textContent = meta(text);
    before = date;
  }
  $('no-texts').hidden = texts.length > 0;
  if (pinned || first) toEnd();
}

function meta(text) {
  const parts = [clock(new Date(text.time)), STATUS[text.status] ?? text.status];
  if (text.author === 'twilio') parts.unshift('Twilio');
  if (text.segments > 1) parts.push(`${text.segments} segments`);
  return parts.join(' · ');
}

function clear() {
  every('#log > .text, #log > .day').forEach((element) => element.remove());
  shown = new Map();
}

function drawNumbers(known) {
  const listed = known.map((one) => one.number);
  if (!listed.includes(number)) listed.unshift(number);
  const select = $('numbers');
  if (select.dataset.listed !== listed.join()) {
    select.replaceChildren(...listed.map((one) => new Option(one, one)), new Option('Another number…', ANOTHER));
    select.dataset.listed = listed.join();
  }
  select.value = $('other').hidden ? number : ANOTHER;
  $('stopped').hidden = !known.some((one) => one.number === number && one.opted_out);
}

function use(wanted) {
  [number, chosen] = [wanted, true];
  saved.set('number', number);
  $('other').hidden = true;
  [pinned, retry] = [true, null];
  clear();
  notice('');
  refresh();
}

async function useWritten() {
  const written = $('number').value.trim();
  $('number-error').textContent = '';
  try {
    await ask(`/phone/${encodeURIComponent(written || '?')}/texts`);
    $('number').value = '';
    use(`+${written.replace(/\D/g, '')}`);
    $('text').focus();
  } catch (error) {
    $('number-error').textContent = error.message;
  }
}

async function send() {
  const field = $('text'), text = field.value, from = number;
  field.focus();
  if (!text.trim()) return;
  const again = retry?.text === text ? { sid: retry.sid } : {};
  field.value = '';
  count();
  notice('');
  pinned = true;
  waiting += 1;
  $('typing').hidden = false;
  setTimeout(refresh, 60); // the text shows at once, its answer when it is there
  try {
    await ask(`/phone/${encodeURIComponent(from)}/texts`, { text, ...again });
    retry = null;
  } catch (error) {
    if (error.data?.sid) retry = { text, sid: error.data.sid };
    if (!field.value) field.value = text;
    count();
    notice(error.message);
  }
  waiting -= 1;
  $('typing').hidden = waiting === 0;
  refresh();
}

async function count() {
  const text = $('text').value;
  const counted = text ? await ask(`/segments?text=${encodeURIComponent(text)}`).catch(() => null) : null;
  if (text !== $('text').value) return; // typed on meanwhile
  const many = counted?.segments === 1 ? 'segment' : 'segments';
  $('count').textContent = counted ? `${[...text].length} characters · ${counted.segments} ${many} · ${counted.encoding}` : '';
}

async function nudge() {
  const button = $('nudge');
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  notice('');
  try {
    await ask(`/nudge/${encodeURIComponent(number)}`, { kind: 'daily_checkin' });
    notice('Your check-in is on its way.', true);
    setTimeout(() => { if ($('notice').classList.contains('good')) notice(''); }, 5000);
  } catch (error) {
    notice(error.message);
  }
  button.setAttribute('aria-disabled', 'false');
}

export function startTexts(whenChanged) {
  refresh = whenChanged;
  $('composer').onsubmit = (event) => { event.preventDefault(); send(); };
  $('text').oninput = count;
  $('text').onkeydown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  $('nudge').onclick = nudge;
  $('numbers').onchange = () => {
    if ($('numbers').value !== ANOTHER) return use($('numbers').value);
    $('other').hidden = false;
    $('number').focus();
  };
  $('other').onsubmit = (event) => { event.preventDefault(); useWritten(); };
  log.onscroll = () => { pinned = log.scrollHeight - log.scrollTop - log.clientHeight < 40; };
  // A notice or a growing input takes room from the texts; the newest must stay in sight.
  new ResizeObserver(() => { if (pinned) toEnd(); }).observe(log);
}
