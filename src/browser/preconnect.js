// Opens connections to Microsoft while the program is still loading. The build puts this before wasm-bindgen's JavaScript.
(() => {
  // The same addresses as in src/settings/cloud.rs; tests/markup.rs compares them.
  const clouds = {
    "global": ["https://login.microsoftonline.com", "https://graph.microsoft.com"],
    "gcc-high": ["https://login.microsoftonline.us", "https://graph.microsoft.us"],
    "dod": ["https://login.microsoftonline.us", "https://dod-graph.microsoft.us"],
    "china": ["https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"],
  };
  let settings = {};
  try {
    settings = JSON.parse(document.getElementById("onedrive-settings").textContent);
  } catch {
    // None in the page, or none that can be read: the program says so.
  }
  const [login, graph] = clouds[settings.cloud] ?? clouds.global;
  const hosts = Array.isArray(settings.downloadHosts) ? settings.downloadHosts : [];
  const exact = hosts.filter((host) => /^[\w.-]+$/.test(host)).map((host) => `https://${host}`);
  for (const address of [settings.graphBaseUrl ?? graph, settings.loginBaseUrl ?? login, ...exact]) {
    try {
      const href = new URL(address).origin;
      document.head.append(Object.assign(document.createElement("link"), { rel: "preconnect", crossOrigin: "anonymous", href }));
    } catch {
      // Not an address: the program says so.
    }
  }
})();
