// mgt-file-list of the Microsoft Graph Toolkit, as its documentation shows it:
// https://learn.microsoft.com/graph/toolkit/components/file-list
import { registerMgtFileListComponent } from '@microsoft/mgt-components/dist/es6/components/mgt-file-list/mgt-file-list.js';
import { Providers, ProviderState, SimpleProvider } from '@microsoft/mgt-element';

const { graph, token } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const base = graph.replace('/v1.0', '/graph.microsoft.com');

// The toolkit's client sends the token to https addresses of Microsoft only.
const plainFetch = window.fetch;
window.fetch = (input, init = {}) => {
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  return plainFetch(input, { ...init, headers });
};

/** The toolkit's provider for applications that get their tokens by themselves, with another Graph. */
class BenchProvider extends SimpleProvider {
  get baseURL() {
    return base;
  }

  set baseURL(_) {}
}

Providers.globalProvider = new BenchProvider(async () => token, async () => {}, async () => {});
Providers.globalProvider.setState(ProviderState.SignedIn);
registerMgtFileListComponent();

// "Show more" is pressed as soon as it is there.
setInterval(() => document.querySelector('mgt-file-list').shadowRoot?.querySelector('#show-more')?.click(), 0);
