// The part of the control page that is about Microsoft.

const by = (id) => document.getElementById(id);
const FAULTS = {
  '429, try again in 8 s': { throttled: { retry_after: 8 } },
  '503, try again in 5 s': { unavailable: { retry_after: 5 } },
  '500 server error': 'server_error', '504 with a page': 'gateway_timeout', '401 unauthorized': 'unauthorized', 'a claims challenge': 'claims_challenge', '403 forbidden': 'forbidden', '404 not found': 'not_found',
  '423 locked': 'locked', '507 storage full': 'storage_full', '509 bandwidth': 'bandwidth_exceeded', '3 s more': { delay: { milliseconds: 3000 } }, 'no answer': 'hang',
  'a broken connection': 'dropped', 'half an answer': 'truncated', 'a page instead of JSON': 'html_page', 'an empty body': 'empty_body', 'JSON of another shape': 'other_shape',
  'a next link that repeats': 'repeated_next_link', 'a next link to a stranger': { foreign_next_link: { url: 'https://stranger.example/v1.0/next' } }, 'items that come twice': { repeated_items: { count: 3 } },
};
const TOKEN_FAULTS = ['wrong_nonce', 'no_nonce', 'wrong_audience', 'wrong_issuer', 'wrong_tenant', 'wrong_hash', 'no_hash', 'algorithm_none', 'symmetric_algorithm', 'unknown_key', 'foreign_key',
  'wrong_key', 'tampered', 'expired', 'not_yet_valid', 'garbage', 'no_id_token', 'no_access_token', 'wrong_state', 'no_state', 'duplicate', 'script', 'huge', 'less_scope', 'no_lifetime', 'wrong_token_type'];

const words = (name) => name.replace(/([A-Z])/g, ' $1').replace(/_/g, ' ').toLowerCase();

/** A field for each member that is a flag, a number or a text; a change is sent at once. */
const fieldsOf = (form, members, changed) => {
  form.replaceChildren(...Object.entries(members).flatMap(([name, value]) => {
    const flag = typeof value === 'boolean';
    if (!flag && typeof value === 'object' && value !== null && !Array.isArray(value)) return [];
    const label = document.createElement('label');
    const field = Object.assign(document.createElement('input'), { name, type: flag ? 'checkbox' : typeof value === 'number' ? 'number' : 'text' });
    if (flag) {
      label.className = 'check';
      field.checked = value;
      label.append(field, words(name));
    } else {
      field.value = Array.isArray(value) ? value.join(', ') : (value ?? '');
      label.append(words(name), field);
    }
    field.addEventListener('change', () => {
      const list = () => field.value.split(',').map((part) => part.trim()).filter(Boolean);
      const read = flag ? field.checked : typeof value === 'number' ? Number(field.value) : Array.isArray(value) ? list() : value === null ? JSON.parse(field.value || 'null') : field.value;
      changed({ [name]: read });
    });
    return [label];
  }));
};

/** Fills the forms once and lets them send. */
export const tieMicrosoft = (state, send) => {
  for (const name of Object.keys(FAULTS)) by('fault').kind.append(new Option(name, name));
  by('fault').addEventListener('submit', (event) => {
    event.preventDefault();
    const { party, kind, times, path } = by('fault');
    send('POST', 'microsoft/faults', { kind: FAULTS[kind.value], party: party.value, times: Number(times.value), path: path.value || null });
  });
  by('token-fault').fault.append(new Option('the truth', ''), ...TOKEN_FAULTS.map((name) => new Option(words(name), name)));
  by('token-fault').fault.addEventListener('change', ({ target }) => send('PUT', 'microsoft/token-fault', { fault: target.value || null }));
  fieldsOf(by('switches'), state.switches, (members) => send('PUT', 'microsoft/switches', members));
  fieldsOf(by('registration'), state.registration, (members) => send('PUT', 'microsoft/registration', members));
};

const line = (text) => Object.assign(document.createElement('li'), { textContent: text });

/** Shows what is on, and what was asked. */
export const showMicrosoft = (state) => {
  by('faults').replaceChildren(...state.faults.map(({ kind, party, times, account, path }) => line(
    `${party}: ${JSON.stringify(kind)}${times === null || times === undefined ? '' : ` × ${times}`}${account ? ` for ${account}` : ''}${path ? ` at ${path}` : ''}`)));
  by('microsoft-calls').replaceChildren(...state.calls.map(({ method, path, status, party, in_batch: inBatch }) => line(`${status} ${method} ${party}${path}${inBatch ? ' (batch)' : ''}`)));
};
