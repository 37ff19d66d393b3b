// What both halves of the page need. Whatever a member or the service wrote goes in as text, never as HTML.

export const $ = (id) => document.getElementById(id);
export const every = (selector) => [...document.querySelectorAll(selector)];
export const make = (tag, className, text = '') =>
  Object.assign(document.createElement(tag), { className, textContent: text });

export const GONE = 'The phone is not running any more. Start it again with “make run”.';

// A private window may refuse to remember; then the page forgets, and works.
export const saved = {
  get(key, otherwise) {
    try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
  },
  set(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* as above */ }
  },
};

// The phone's answer to a GET, or with a body to a POST. Throws an Error with a sentence to show, and with
// what the phone said as its `data`.
export async function ask(path, body) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, body ? post : {});
  } catch {
    throw new Error(GONE);
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(data.error ?? `The phone answered ${answer.status}.`), { data });
  return data;
}

// One sentence near the input, until the next one.
export function notice(words, good = false) {
  $('notice').classList.toggle('good', good);
  $('notice').textContent = words;
}

export const clock = (moment) => moment.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });

export function day(moment) {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(new Date()) - midnight(moment)) / 86400000);
  if (ago < 2) return ago < 1 ? 'Today' : 'Yesterday';
  return moment.toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' });
}

// Which of two or more buttons is pressed.
export function press(name, value) {
  for (const button of every(`[data-${name}]`)) button.setAttribute('aria-pressed', String(button.dataset[name] === value));
}
