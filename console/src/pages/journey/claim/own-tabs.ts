/** What is used of the browser's BroadcastChannel. */
interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
}

interface Message {
  tab: string;
  journey: string;
  says: 'here' | 'also here' | 'gone';
}

/**
 * Knows of other tabs of this browser that show the same journey: a claim belongs to the clerk, so that the last of them gives it back. A tab that
 * crashed keeps the claim from being given back, and it ends by itself.
 */
export function announceTab(channel: Channel, journey: string, tab: string = crypto.randomUUID()) {
  const others = new Set<string>();
  const say = (says: Message['says']) => channel.postMessage({ tab, journey, says } satisfies Message);
  channel.addEventListener('message', ({ data }) => {
    const message = data as Message;
    if (message.journey !== journey) return;
    if (message.says === 'gone') others.delete(message.tab);
    else others.add(message.tab);
    if (message.says === 'here') say('also here');
  });
  say('here');
  return {
    isAlone: () => others.size === 0,
    leave() {
      say('gone');
      channel.close();
    },
  };
}
