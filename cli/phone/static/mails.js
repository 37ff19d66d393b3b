// The mailbox: the mails of one address. A mail's HTML lives in a sandboxed frame of its own.

import { $, ask, clock, day, every, make, press, saved } from './common.js';

const read = new Set(saved.get('read', []));
let address = saved.get('address', '');
let mails = [];
let open = 0; // which mail is shown, by its number; 0 for none
let chosen = false; // by hand, so that a newer one does not push it away
let whenSeen = () => {};
let whenSent = () => {};

const key = (mail) => `${address} ${mail.n} ${mail.time}`;

export const unreadMails = () => mails.filter((mail) => !read.has(key(mail))).length;

export async function refreshMails() {
  drawAddresses(await ask('/mailbox'));
  const asked = address;
  const found = asked ? await ask(`/mailbox/${encodeURIComponent(asked)}`) : [];
  if (asked === address) draw(found);
}

// A mail that is open where nobody can see it, on the hidden tab, is still new.
export function seenMails() {
  if (open && !document.hidden && $('mailbox').offsetParent !== null) {
    read.add(key(mails[open - 1]));
    saved.set('read', [...read].slice(-500));
  }
  for (const button of every('#mail-list button')) {
    const n = Number(button.dataset.n);
    button.classList.toggle('unread', !read.has(key(mails[n - 1])));
    button.setAttribute('aria-current', String(n === open));
  }
}

function drawAddresses(known) {
  if (!known.some((one) => one.address === address)) use(known[0]?.address ?? '');
  const select = $('addresses');
  const labels = known.map((one) => `${one.address} (${one.mails})`);
  if (select.dataset.listed !== labels.join()) {
    select.replaceChildren(...known.map((one, at) => new Option(labels[at], one.address)));
    select.dataset.listed = labels.join();
  }
  select.value = address;
  $('address-field').hidden = $('mails').hidden = known.length === 0;
  $('no-mails').hidden = known.length > 0;
}

function use(which) {
  address = which;
  [mails, open, chosen] = [[], 0, false];
  $('mail-list').replaceChildren();
}

function draw(found) {
  if (found.length < mails.length) use(address); // another database: start afresh
  const known = mails.length;
  mails = found;
  for (const mail of mails.slice(known)) $('mail-list').prepend(listed(mail));
  if (mails.length && !chosen && open !== mails.length) show(mails.length);
  else seenMails();
}

function listed(mail) {
  const item = make('li', ''), button = make('button', ''), moment = new Date(mail.time);
  button.type = 'button';
  button.dataset.n = mail.n;
  button.append(make('span', 'title', mail.subject || '(no subject)'));
  button.append(make('span', 'when', `${day(moment)}, ${clock(moment)}`));
  button.onclick = () => {
    chosen = mail.n !== mails.length;
    show(mail.n);
    whenSeen();
  };
  item.append(button);
  return item;
}

function show(n) {
  open = n;
  const mail = mails[n - 1], base = `/mailbox/${encodeURIComponent(address)}/${n}`;
  $('subject').textContent = mail.subject || '(no subject)';
  $('from').textContent = mail.from;
  $('to').textContent = mail.to || address;
  $('attachments').textContent = mail.attachments.join(', ');
  $('raw').href = `${base}.eml`;
  $('mail-text').textContent = mail.text || '(This mail has no text part.)';
  // Replaced rather than sent elsewhere, or each mail would be a step of the browser's Back button.
  const frame = $('mail-html').cloneNode();
  frame.src = `${base}/html`;
  $('mail-html').replaceWith(frame);
  $('reply').hidden = !mail.headers['Reply-To'];
  said('');
  seenMails();
}

function said(words, good = false) {
  $('reply-notice').classList.toggle('good', good);
  $('reply-notice').textContent = words;
}

async function reply() {
  const text = $('reply-text').value;
  if (!text.trim()) return;
  said('');
  try {
    await ask(`/mailbox/${encodeURIComponent(address)}/${open}/reply`, { text });
    $('reply-text').value = '';
    chosen = false; // the answer shows when it comes
    said('Your reply is sent. The answer comes as a mail.', true);
  } catch (error) {
    said(error.message);
  }
  whenSent();
}

function showPart(part) {
  $('mail-html').hidden = part !== 'html';
  $('mail-text').hidden = part !== 'text';
  press('part', part);
}

export function startMails(refresh, seen) {
  [whenSeen, whenSent] = [seen, refresh];
  $('reply').onsubmit = (event) => { event.preventDefault(); reply(); };
  $('addresses').onchange = () => {
    use($('addresses').value);
    saved.set('address', address);
    refresh();
  };
  for (const button of every('[data-part]')) button.onclick = () => showPart(button.dataset.part);
}
