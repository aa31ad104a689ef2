// Opens connections to Microsoft while the program is still loading. The build puts this before wasm-bindgen's JavaScript.
(() => {
  // The same addresses as in core/src/settings/cloud.rs; tests/markup.rs compares them.
  const clouds = {
    "global": ["https://login.microsoftonline.com", "https://graph.microsoft.com"],
    "gcc-high": ["https://login.microsoftonline.us", "https://graph.microsoft.us"],
    "dod": ["https://login.microsoftonline.us", "https://dod-graph.microsoft.us"],
    "china": ["https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"],
  };
  const open = (address, options) => document.head.append(
    Object.assign(document.createElement("link"), { rel: "preconnect", href: new URL(address).origin }, options),
  );
  try {
    const settings = JSON.parse(document.getElementById("onedrive-settings").textContent);
    const [login, graph] = Object.hasOwn(clouds, settings.cloud) ? clouds[settings.cloud] : clouds.global;
    // Requests with a token of their own go without credentials, as pictures do not.
    open(settings.graphBaseUrl ?? graph, { crossOrigin: "anonymous" });
    open(settings.loginBaseUrl ?? login, { crossOrigin: "anonymous" });
    const hosts = Array.isArray(settings.downloadHosts) ? settings.downloadHosts : [];
    for (const host of hosts.filter((host) => /^[\w.-]+$/.test(host))) open(`https://${host}`);
  } catch {
    // No settings in the page, or wrong ones: the program says so.
  }
})();
