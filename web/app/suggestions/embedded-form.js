// The form to suggest a repository, on somebody else's page. It stands where the script element stands, looks like the
// page it is on, and sends nothing but what was typed.
(() => {
  const { currentScript: script } = document;
  if (script === null) return;
  /** @type {{base: string, texts: Record<string, string>}} */
  const { base, texts } = __ALMANAC__;

  const form = document.createElement('form');
  form.className = 'almanac-suggest';
  form.action = `${base}/suggest`;
  form.method = 'post';
  for (const [name, type] of [
    ['url', 'url'],
    ['name', 'text'],
    ['contact_email', 'email'],
    ['comment', 'textarea'],
  ]) {
    form.append(labelled(name, type));
  }
  // People do not see it; programs that fill in every field do.
  const trap = labelled('website', 'text');
  trap.hidden = true;
  const button = document.createElement('button');
  button.textContent = texts.send;
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  form.append(trap, button, said);
  form.addEventListener('submit', send);
  // A script in the head stands nowhere; the form then comes last on the page.
  if (script.closest('body') !== null) script.after(form);
  else document.addEventListener('DOMContentLoaded', () => document.body.append(form));

  function labelled(name, type) {
    const label = document.createElement('label');
    const field = document.createElement(type === 'textarea' ? 'textarea' : 'input');
    if (type !== 'textarea') field.type = type;
    field.name = name;
    field.required = name === 'url';
    label.append(texts[name] ?? name, document.createElement('br'), field);
    const line = document.createElement('p');
    line.append(label);
    return line;
  }

  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    said.textContent = '';
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams([...new FormData(form), ['source', location.host]]),
      });
      if (response.ok) thank(response.status === 204 ? null : await response.json());
      else complain(response.status, await response.json().catch(() => ({})));
    } catch {
      said.textContent = texts.failed;
    }
    button.disabled = false;
  }

  function thank(answer) {
    form.reset();
    said.textContent = `${texts.thanks} `;
    if (answer === null) return;
    const link = document.createElement('a');
    link.href = `${base}/suggest/${answer.id}`;
    link.textContent = texts.follow;
    said.append(link);
  }

  function complain(status, problem) {
    if (status === 429) said.textContent = texts.tooMany;
    else
      said.textContent =
        (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`).join('; ') || texts.failed;
  }
})();
