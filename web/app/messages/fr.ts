import * as frame from './fr/frame.ts';
import type { Messages } from './messages.ts';
export const fr: Messages = { ...frame };
