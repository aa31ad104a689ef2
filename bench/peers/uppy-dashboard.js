// Uppy's OneDrive plugin in the Dashboard, as its documentation shows it: https://uppy.io/docs/onedrive/
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';
import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import OneDrive from '@uppy/onedrive';

import { options } from './uppy-options.js';

const uppy = new Uppy();
uppy.use(Dashboard, { target: '#uppy', inline: true, width: 1060, height: 640 });
uppy.use(OneDrive, { ...options, target: Dashboard });
window.uppy = uppy;
// What a press on "OneDrive" does.
uppy.getPlugin('Dashboard').showPanel('OneDrive');
