// A mail server on free loopback ports: SMTP that keeps what it is given and behaves as it is told, and IMAP with an inbox. One JSON object a line, in and out.
const readline = require('node:readline');
const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');
const hoodiecrow = require('hoodiecrow-imap');

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const refusal = (code) => Object.assign(new Error('refused as it was told'), { responseCode: code });

let behaviour = {};

const smtp = new SMTPServer({
  authOptional: true,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  onAuth: (auth, _, done) => (auth.username === 'office' && auth.password === 'secret' ? done(null, { user: 'office' }) : done(refusal(535))),
  onMailFrom: (_, __, done) => done(behaviour.sender ? refusal(behaviour.sender) : undefined),
  onRcptTo: (_, __, done) => done(behaviour.recipient ? refusal(behaviour.recipient) : undefined),
  onData: async (stream, session, done) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    if (behaviour.delay) await new Promise((resolve) => setTimeout(resolve, behaviour.delay));
    if (behaviour.content) return done(refusal(behaviour.content));
    say({ mail: await read(Buffer.concat(chunks), session) });
    if (!behaviour.drop) return done();
    for (const connection of smtp.connections) if (connection.id === session.id) connection._socket.destroy();
  },
});

async function read(raw, session) {
  const mail = await simpleParser(raw);
  return {
    envelope: { from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((to) => to.address) },
    user: session.user ?? null,
    secure: session.secure,
    from: mail.from.value,
    to: mail.to.value,
    replyTo: mail.replyTo?.value ?? [],
    subject: mail.subject,
    messageId: mail.messageId,
    autoSubmitted: mail.headers.get('auto-submitted') ?? null,
    headers: mail.headerLines.map((line) => line.key),
    text: mail.text,
    attachments: mail.attachments.map((part) => ({
      type: part.headers.get('content-type').value,
      parameters: part.headers.get('content-type').params,
      disposition: part.contentDisposition ?? null,
      file: part.filename ?? null,
      text: part.content.toString('utf8'),
    })),
    raw: raw.toString('latin1'),
  };
}

const imap = hoodiecrow({ plugins: ['ID', 'IDLE', 'UNSELECT'], users: { office: { password: 'secret' } }, storage: { INBOX: { messages: [] } } });

const commands = {
  behave: (value) => { behaviour = value; return {}; },
  deliver: ({ raw, seen }) => { imap.appendMessage('INBOX', seen ? ['\\Seen'] : [], false, raw); return {}; },
  renumber: () => {
    const inbox = imap.folderCache.INBOX;
    inbox.uidvalidity++;
    inbox.messages.forEach((message, index) => { message.uid = index + 1; });
    inbox.uidnext = inbox.messages.length + 1;
    return {};
  },
  empty: () => { imap.folderCache.INBOX.messages.length = 0; return {}; },
  inbox: () => ({ seen: imap.folderCache.INBOX.messages.map((message) => message.flags.includes('\\Seen')) }),
};

smtp.on('error', () => {}); // A client that hangs up on us is the client's affair.
smtp.listen(0, '127.0.0.1', () => imap.listen(0, '127.0.0.1', () => say({ smtp: smtp.server.address().port, imap: imap.server.address().port })));

// Ends with the test process, even with one that was killed: its end closes our standard input.
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { command, value } = JSON.parse(line);
  say({ answer: commands[command](value) });
}).on('close', () => process.exit());
