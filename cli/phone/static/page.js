// Keeps the page up to date: it asks each second whether anything changed, and redraws only then.

import { $, GONE, ask, clock, every, notice, press } from './common.js';
import { refreshMails, seenMails, startMails, unreadMails } from './mails.js';
import { refreshTexts, seenTexts, startTexts, unseenTexts } from './texts.js';

const STATES = { ok: 'Service is up', starting: 'Service is starting…', down: 'Phone is not running' };
const EACH = 10; // seconds from one look at the service's health to the next while all is well

let drawn = null; // the count of changes that is on screen

let queue = Promise.resolve();

// One after the other, so that an older answer never overwrites a newer one.
const refresh = () => (queue = queue.then(redraw));

async function redraw() {
  try {
    await refreshTexts();
    await refreshMails();
    badges();
  } catch (error) {
    notice(error.message);
  }
}

function badges() {
  const mails = unreadMails(), texts = unseenTexts();
  for (const [id, count] of [['mail-badge', mails], ['tab-badge', mails], ['phone-badge', texts]]) {
    $(id).hidden = count === 0;
    $(id).textContent = count;
    if (count) $(id).append(Object.assign(document.createElement('span'), { className: 'sr', textContent: ' new' }));
  }
  document.title = `${mails + texts ? `(${mails + texts}) ` : ''}Unstuck · phone`;
}

function seen() {
  seenTexts();
  seenMails();
  badges();
}

async function health() {
  const answer = await fetch('/health').then((response) => response.json()).catch(() => ({ status: 'down' }));
  $('state').dataset.state = answer.status;
  if ($('state-words').textContent !== STATES[answer.status]) $('state-words').textContent = STATES[answer.status];
  if (answer.api) {
    $('signup').href = $('signup-here').href = `${answer.api}/`;
    $('service-number').textContent = answer.service_number;
  }
  return answer.status === 'ok';
}

async function tick(calm) {
  const time = clock(new Date());
  if ($('clock').textContent !== time) $('clock').textContent = time;
  const changes = await ask('/changes').then((answer) => answer.changes).catch(() => null);
  if (changes !== null && drawn === null && $('notice').textContent === GONE) notice('');
  if (changes !== null && changes !== drawn) await refresh();
  drawn = changes;
  const well = changes !== null && (calm > 0 || (await health()));
  if (changes === null) await health();
  setTimeout(tick, 1000, well ? (calm + 1) % EACH : 0);
}

for (const button of every('[data-show]')) {
  button.onclick = () => {
    document.body.dataset.view = button.dataset.show;
    press('show', button.dataset.show);
    seen();
  };
}
document.onvisibilitychange = seen;
startTexts(refresh);
startMails(refresh, seen);
tick(0);
