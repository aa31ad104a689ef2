// The demo controls: what the site is set to in this browser, kept in a cookie that the server reads.

const SETTINGS = ['role', 'allowedRoles', 'enabled'];
const VIEW = ['display', 'locale', 'theme', 'maxItems', 'accent'];
const field = (name) => document.getElementById(name);

/** Ties the fields to what the server said and to what this browser remembers. `changed` is called after a change. */
export const tieControls = (site, changed) => {
  const framed = window.top !== window;
  const address = new URLSearchParams(location.search);
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('demo-view') || '{}');
  } catch {
    // Storage is forbidden in some frames: the demo forgets, and works.
  }
  select(field('role'), site.role);
  select(field('allowedRoles'), site.allowedRoles);
  field('enabled').checked = site.enabled === true || site.enabled === 1 || site.enabled === 'Yes';
  for (const name of VIEW) {
    const value = address.get(name) ?? kept[name];
    if (value !== undefined && value !== null) field(name).value = value;
  }

  const overrides = () => ({ userRole: field('role').value, allowedRoles: field('allowedRoles').value, enabled: field('enabled').checked });
  const keep = () => {
    document.cookie = `sim=${encodeURIComponent(JSON.stringify(overrides()))};path=/;SameSite=Lax`;
    try {
      localStorage.setItem('demo-view', JSON.stringify(Object.fromEntries(VIEW.map((name) => [name, field(name).value]))));
    } catch {
      // As above.
    }
  };
  for (const name of [...SETTINGS, ...VIEW]) {
    field(name).addEventListener('change', () => {
      keep();
      changed(name);
    });
  }
  return {
    value: (name) => field(name).value,
    role: () => field('role').value,
    /** In a frame of another site there are no cookies, so the address carries what the cookie would. */
    pickerUrl: () => {
      const sim = address.get('sim') || (framed ? JSON.stringify(overrides()) : '');
      return `/onedrive/index/blank-page${sim ? `?sim=${encodeURIComponent(sim)}` : ''}`;
    },
  };
};

const select = (element, value) => {
  if (!value) return;
  if (![...element.options].some((option) => option.value === value)) element.append(new Option(value, value));
  element.value = value;
};
