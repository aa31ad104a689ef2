// What the custom element tells. Attributes of the address are set on it, the picker's address first.

const by = (id) => document.getElementById(id);
const config = JSON.parse(by('config').textContent);
const element = document.querySelector('onedrive-picker');
const address = new URLSearchParams(location.search);

const picker = new URL('/onedrive/index/blank-page', config.picker);
if (address.has('sim')) picker.searchParams.set('sim', address.get('sim'));
element.setAttribute('picker-url', picker.href);
for (const [name, value] of address) if (name !== 'sim') element.setAttribute(name, value);

for (const name of ['pick', 'cancel', 'error', 'progress']) {
  element.addEventListener(name, (event) => {
    const line = document.createElement('div');
    line.textContent = `${name} ${JSON.stringify(event.detail ?? null).slice(0, 300)}`;
    by('log').append(line);
    if (name === 'progress') return;
    by('status').textContent = name;
    const items = event.detail?.items || [];
    by('picked').replaceChildren(...items.map((item) => Object.assign(document.createElement('li'), { textContent: item.name || item.id })));
    by('result').textContent = JSON.stringify(items, null, 1);
  });
}
