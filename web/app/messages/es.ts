import * as frame from './es/frame.ts';
import type { Messages } from './messages.ts';
export const es: Messages = { ...frame };
