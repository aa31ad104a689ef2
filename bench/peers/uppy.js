// Uppy's OneDrive plugin without the Dashboard around it, which is the lightest way to use it.
import '@uppy/core/css/style.min.css';
import '@uppy/core/provider-views/css/style.min.css';
import Uppy from '@uppy/core';
import OneDrive from '@uppy/onedrive';

import { options } from './uppy-options.js';

const uppy = new Uppy();
uppy.use(OneDrive, { ...options, target: '#uppy' });
window.uppy = uppy;
