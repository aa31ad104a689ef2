// The picker in a dialog of the page. onedrive-picker.js loads this file when it is asked for one.

/** Where the picker is shown: a window or a dialog. */
export interface PickerView {
  /** The window that messages come from. */
  source(): Window | null;
  /** Whether the person has closed it. */
  gone(): boolean;
  close(): void;
  /** Called when the picker has introduced itself. */
  connected?(): void;
}

// Styles are set by the CSSOM, which a strict Content-Security-Policy lets pass.
const makeElement = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  style: Partial<CSSStyleDeclaration>,
): HTMLElementTagNameMap[Tag] => {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.style, style);
  return element;
};

/** A modal dialog with the picker in it; focus goes back to where it was once it closes. */
export const openDialog = (
  url: URL,
  { title = 'OneDrive', closeLabel = 'Close' }: { title?: string; closeLabel?: string },
  onClose: () => void,
): PickerView => {
  const focusedBefore = document.activeElement as HTMLElement | null;
  const frame = makeElement('iframe', { src: url as unknown as string, title, allow: 'clipboard-write' }, {
    display: 'block', width: '100%', height: '100%', border: '0',
  });
  // For a picker that does not come: one that has come has buttons of its own.
  const closeButton = makeElement('button', { type: 'button', textContent: '\u00d7', title: closeLabel, onclick: onClose }, {
    position: 'absolute', insetInlineEnd: '0', top: '0', width: '44px', height: '44px',
    border: '0', background: 'none', color: 'inherit', font: '24px system-ui',
  });
  closeButton.setAttribute('aria-label', closeLabel);
  // Full height on a phone: below 640 px of width the second term is huge, and maxHeight cuts it.
  const dialog = makeElement('dialog', { onclose: onClose }, {
    width: '1080px', maxWidth: '100vw', height: 'max(680px, (640px - 100vw) * 999)', maxHeight: '100%',
    boxSizing: 'border-box', padding: '0', border: '0', borderRadius: 'clamp(0px, (100vw - 640px) * 999, 8px)',
    overflow: 'hidden', boxShadow: '0 0 0 100vmax #0006',
  });
  dialog.setAttribute('aria-label', title);
  dialog.append(frame, closeButton);
  document.body.append(dialog);
  dialog.showModal();
  return {
    source: () => frame.contentWindow,
    gone: () => !dialog.isConnected,
    connected() {
      closeButton.hidden = true;
      frame.focus();
    },
    close() {
      dialog.remove();
      focusedBefore?.focus?.();
    },
  };
};
