import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and text as they came, lines ended by CRLF. */
  data: string;
}

/** A mail server on loopback. `refuse` answers the next so many mails with a passing fault (451). */
export async function startSmtpServer(t: Pick<TestContext, 'after'>) {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let refusals = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    converse(socket, (mail) => {
      if (refusals > 0) {
        refusals -= 1;
        return '451 try again later';
      }
      mails.push(mail);
      return '250 taken';
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse(times: number) {
      refusals = times;
    },
  };
}

function converse(socket: Socket, take: (mail: ReceivedMail) => string): void {
  let mail: ReceivedMail = { from: '', to: [], data: '' };
  let inData = false;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hear = (line: string): string | null => {
    if (inData) {
      if (line !== '.') {
        mail.data += `${line.replace(/^\./, '')}\r\n`;
        return null;
      }
      inData = false;
      return take(mail);
    }
    const address = /<(.*?)>/.exec(line)?.[1] ?? '';
    if (/^(EHLO|HELO)/i.test(line)) return '250 loopback';
    if (/^MAIL/i.test(line)) {
      mail = { from: address, to: [], data: '' };
      return '250 go on';
    }
    if (/^RCPT/i.test(line)) {
      mail.to.push(address);
      return '250 go on';
    }
    if (/^DATA/i.test(line)) {
      inData = true;
      return '354 end with a full stop';
    }
    return /^QUIT/i.test(line) ? '221 goodbye' : '502 not understood';
  };
  say('220 loopback');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = hear(line);
      if (answer !== null) say(answer);
    }
  });
}
