// The part of the control page that is about Kaltura's account and server. The switches are described in simulator/README.md.

const by = (id) => document.getElementById(id);
const CHOICES = {
  session: [['a user without a role', 'plain_user'], ['a user whose role keeps references', 'reference_role'], ['a user with editadmintags:*', 'admin_tags'], ['an administrator', 'administrator']],
  colleague: [['has nothing', null], ['has each file already', 'ready'], ['has an empty entry of each file', 'no_content']],
  index_lag_ms: [['at once', 0], ['after 5 s', 5000], ['after 30 s', 30000]],
  import_workers: [['3', 3], ['4', 4], ['8', 8], ['50', 50]],
  rate_limit: [['without a limit', null], ['20 in 10 s', { calls: 20, window_ms: 10000 }], ['60 in 60 s', { calls: 60, window_ms: 60000 }]],
  call_ms: [['at once', 0], ['1 s', 1000], ['5 s', 5000]],
};
const WORDS = {
  session: 'The site gives its pages the session of (reload the page)',
  moderation: 'New entries wait for moderation',
  draft_entries_ready: 'New entries are READY at once, without content',
  index_lag_ms: 'Lists know a change',
  import_workers: 'Import jobs at a time',
  import_jobs_per_account: 'of them, of this account',
  other_jobs: 'Jobs of others before ours',
  queue_ms: 'A job waits at least (ms)',
  download_ms: 'A download takes (ms)',
  convert_ms: 'A conversion takes (ms)',
  retry_ms: 'A failed download is tried again after (ms)',
  rate_limit: 'Calls are answered',
  block_every: 'ACTION_BLOCKED for every n-th call (0: never)',
  lose_every: 'The answer to every n-th request is lost (0: never)',
  call_ms: 'Each call takes',
  session_ends_after_calls: 'All sessions end after so many calls (0: never)',
  colleague: 'A colleague',
  restrict_file_types: 'File types are restricted (a SharePoint link ends in .aspx)',
  category_limit: 'Categories are checked (off: FEATURE_DISABLE_CATEGORY_LIMIT)',
  entry_replacement: 'Content can be replaced (FEATURE_ENTRY_REPLACEMENT)',
  refuse_markup: 'Texts with tags are refused',
};

const fieldOf = (name, value) => {
  const label = document.createElement('label');
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const known = CHOICES[name];
  if (known) {
    const field = Object.assign(document.createElement('select'), { name });
    const choices = known.some(([, choice]) => same(choice, value)) ? known : [...known, [JSON.stringify(value), value]];
    field.append(...choices.map(([words], place) => new Option(words, place)));
    field.value = choices.findIndex(([, choice]) => same(choice, value));
    label.append(WORDS[name] ?? name, field);
    return [label, field, () => choices[field.value][1]];
  }
  if (typeof value === 'boolean') {
    const field = Object.assign(document.createElement('input'), { name, type: 'checkbox', checked: value });
    label.className = 'check';
    label.append(field, WORDS[name] ?? name);
    return [label, field, () => field.checked];
  }
  const field = Object.assign(document.createElement('input'), { name, type: 'number', min: 0, value: value ?? 0 });
  label.append(WORDS[name] ?? name, field);
  return [label, field, () => (value === null && !Number(field.value) ? null : Number(field.value) || (name.endsWith('_every') || name.endsWith('_calls') ? null : 0))];
};

/** A field for each switch; a change is sent at once. */
export const tieKaltura = (switches, send) => {
  by('kaltura-switches').replaceChildren(...Object.entries(switches).map(([name, value]) => {
    const [label, field, read] = fieldOf(name, value);
    field.addEventListener('change', () => send('PUT', 'kaltura/switches', { [name]: read() }));
    return label;
  }));
};
