// Runs in the page before the Playground's own script. It only looks: at the Redux store (what the window knows) and at the
// Adaptive Card objects (what a card's inputs are called; the page itself carries nothing but random ids).
(() => {
  const view = { opened: [], version: 0, waiters: [] };
  Object.defineProperty(window, '__view', { value: view });

  const fiberOf = (element) => {
    const key = Object.keys(element).find((k) => k.startsWith('__reactFiber$'));
    return key ? element[key] : null;
  };

  view.store = () => {
    if (view.found) return view.found;
    const root = document.getElementById('root');
    const key = root && Object.keys(root).find((k) => k.startsWith('__reactContainer$'));
    const queue = key ? [root[key]] : [];
    for (let n = 0; queue.length && n < 5000; n++) {
      const fiber = queue.shift();
      const store = fiber?.memoizedProps?.store;
      if (store?.getState) {
        view.found = store;
        store.subscribe(() => {
          view.version++;
          for (const wake of view.waiters.splice(0)) wake();
        });
        return store;
      }
      if (fiber?.child) queue.push(fiber.child);
      if (fiber?.sibling) queue.push(fiber.sibling);
    }
    return null;
  };

  // Resolves when the store is another one than version `since`, or after a while.
  view.changed = ({ since, milliseconds }) => {
    if (view.version !== since) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      view.waiters.push(() => { clearTimeout(timer); resolve(); });
    });
  };

  // What the window knows, as the text of a WindowState.
  view.state = () => {
    const state = view.store()?.getState();
    if (!state?.conversationList?.active) return null;
    const { conversationList: chats, messageList, postList, replyList, logList } = state;
    const { active } = chats;
    let shown = [];
    if (active.type === 'personal') shown = chats.personal.messages.map((id) => ({ id }));
    else if (active.type === 'group') shown = chats.groups.byId[active.id].messages.map((id) => ({ id }));
    else if (active.type === 'channel') {
      shown = chats.channels.byId[active.id].posts.flatMap((post) => [postList.byId[post].messageId,
        ...postList.byId[post].replyIds.map((reply) => replyList.byId[reply].messageId)].map((id) => ({ id, post })));
    }
    const team = (channel) => Object.values(chats.teams.byId).find((t) => t.channels.includes(channel));
    return JSON.stringify({
      version: view.version,
      loading: !!state.config.isLoading,
      me: state.account.id,
      bot: state.bot.name,
      active: { kind: active.type, id: active.id },
      chats: [
        { kind: 'personal', id: chats.personal.id, name: chats.personal.name, installed: !!chats.personal.conversationUpdateSent },
        ...chats.groups.allIds.map((id) => ({ kind: 'group', id, name: chats.groups.byId[id].name, installed: !!chats.groups.byId[id].conversationUpdateSent })),
        ...chats.channels.allIds.map((id) => ({ kind: 'channel', id, name: `${team(id)?.name} - ${chats.channels.byId[id].name}`, installed: !!team(id)?.conversationUpdateSent })),
      ],
      messages: shown.map(({ id, post }) => ({ message: messageList.byId[id], post })).filter(({ message }) => message?.id)
        .map(({ message: m, post }) => ({ id: m.id, from: m.from.id, text: m.text ?? '', cards: (m.attachments ?? []).map((a) => a.content ?? null), post })),
      log: logList.allIds.map((id) => logList.byId[id]).map((l) => ({
        conversation: l.conversationId, activity: l.type === 'bot' ? l.activityName : undefined, status: l.response?.statusCode,
        warning: l.level === 'warning' || l.level === 'error' ? l.displayText : undefined,
      })),
    });
  };

  // Messages carry their ids in React's properties only. Each has this one button, in chats and channels alike.
  view.message = (id) => {
    for (const button of document.querySelectorAll('button[aria-label="Show more information"]')) {
      let top = null;
      for (let fiber = fiberOf(button), n = 0; fiber && n < 30; n++, fiber = fiber.return) {
        const p = fiber.memoizedProps;
        if (p && (p.messageId === id || p.id === id || p.replyId === id || p.message?.id === id)) top = fiber;
      }
      if (!top) continue;
      const head = button.closest('.fui-CardHeader'); // the first message of a post: its own content, without the replies
      if (head) return head.nextElementSibling;
      while (top && !(top.stateNode instanceof Element)) top = top.child;
      return top?.stateNode ?? null;
    }
    return null;
  };

  // The card object that is drawn in an element. React keeps a stale twin of each fiber: the mounted one is wanted.
  view.card = (element) => {
    const drawn = element.matches?.('.ac-adaptiveCard') ? element : element.querySelector('.ac-adaptiveCard');
    for (let fiber = drawn && fiberOf(drawn); fiber; fiber = fiber.return) {
      for (const twin of [fiber, fiber.alternate]) {
        const card = twin?.memoizedProps?.cardObject;
        if (card?.getJsonTypeName?.() === 'AdaptiveCard' && card.onInvalidate) return card.getRootElement?.() ?? card;
      }
    }
    return null;
  };

  view.input = (element, id) => {
    const input = view.card(element)?.getAllInputs().find((i) => i.id === id);
    return input ? document.getElementById(input.internalId) : null;
  };

  // What a card holds, as the text of a CardModel; null while React has drawn it but not mounted it yet.
  view.read = (element) => {
    const card = view.card(element);
    if (!card) return null;
    const actions = new Set();
    const collect = (part) => {
      for (const action of part?.getAllActions?.() ?? []) {
        if (actions.has(action)) continue;
        actions.add(action);
        collect(action.card);
      }
    };
    collect(card);
    return JSON.stringify({
      text: element.innerText.replace(/\n{2,}/g, '\n').trim(),
      inputs: card.getAllInputs().map((i) => ({
        id: i.id, type: i.getJsonTypeName(), value: i.valueAsString ?? null, label: i.label ?? null,
        error: i.hasError ? (i.errorMessage ?? 'invalid') : null,
        choices: (i.choices ?? []).map((c) => ({ title: c.title, value: c.value })), multiple: !!i.isMultiSelect,
        people: !!i.choicesData?.dataset?.startsWith('graph.microsoft.com/users'),
        valueOn: i.valueOn ?? 'true', valueOff: i.valueOff ?? 'false',
        visible: !!document.getElementById(i.internalId) || !!i.choicesData?.dataset,
      })),
      actions: [...actions].map((a) => ({ title: a.title ?? '', type: a.getJsonTypeName(), teamsType: a._originalData?.msteams?.type ?? a._originalData?._rawProperties?.msteams?.type ?? null })),
    });
  };

  // How much higher the window would have to be to show all that is scrolled away.
  view.hidden = () => Math.max(0, ...[...document.querySelectorAll('*')]
    .filter((e) => e.clientHeight > 200 && /auto|scroll/.test(getComputedStyle(e).overflowY)).map((e) => e.scrollHeight - e.clientHeight));

  // The Playground itself never gets narrower than 780 pixels, nor its cards than 480: a phone draws a card 358 wide.
  view.fit = (narrow) => {
    document.getElementById('phone-width')?.remove();
    if (!narrow) return;
    const style = document.createElement('style');
    style.id = 'phone-width';
    style.textContent = `.fai-OutputCard { width: 358px !important; box-sizing: border-box; }
      .fai-OutputCard, .fai-OutputCard :has(.ac-preview-panel), .ac-preview-panel { min-width: 0 !important; max-width: 358px !important; }
      .fai-OutputCard :has(.ac-preview-panel), .ac-preview-panel { width: auto !important; }`;
    document.head.append(style);
  };

  // A defect of the Playground: a reply that comes before the window has registered its own channel post is thrown away
  // ("Saga error Invalid conversation id"). Such a frame waits, in order, until the thread is known.
  const isKnown = (data) => {
    let id;
    try { id = JSON.parse(data).actionConversationId; } catch { return true; }
    const state = view.store()?.getState();
    if (!state) return false;
    const chats = state.conversationList;
    return id === undefined || chats.personal.id === id || id in chats.groups.byId || id in chats.channels.byId || id in state.postList.byId;
  };
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(url, protocols) {
      super(url, protocols);
      if (!String(url).includes('/_ws_conversation/')) return;
      const queue = [];
      let passing = false;
      let timer;
      const flush = () => {
        while (queue.length && (isKnown(queue[0].data) || Date.now() - queue[0].at > 3000)) {
          passing = true;
          try { this.dispatchEvent(new MessageEvent('message', { data: queue.shift().data })); } finally { passing = false; }
        }
        if (!queue.length) { clearInterval(timer); timer = undefined; }
      };
      this.addEventListener('message', (event) => { // the first listener: the Playground's own come later
        if (passing || (!queue.length && isKnown(event.data))) return;
        event.stopImmediatePropagation();
        queue.push({ data: event.data, at: Date.now() });
        timer ??= setInterval(flush, 10);
      });
    }
  };

  window.open = (url) => { view.opened.push(String(url)); return null; }; // Action.OpenUrl: noted, never followed
})();
