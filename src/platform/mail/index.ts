export { createMail, type MailMessage, mailAttempts, mailTask } from './mail.ts';
