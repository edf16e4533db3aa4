import { Button, Checkbox, CheckboxGroup, Input, Label, Text, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Journey } from '../api';

/** In browsers Taro's buttons are elements of its own, which readers and keyboards have to be told about. */
export const forKeyboard = { role: 'button', tabIndex: 0, hoverClass: 'none' } as object;

/** One screen: what it is, what it says, and what can be done. */
export function Screen({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <View className="screen">
      <View className="screen-title" role="heading" aria-level={2}>
        {title}
      </View>
      {children}
    </View>
  );
}

export function Notices({ notices }: Pick<Journey, 'notices'>) {
  return (
    <>
      {notices.map(({ code, message }) => (
        <View key={code} className="notice" role="status">
          {message}
        </View>
      ))}
    </>
  );
}

export function Primary(props: PropsWithChildren<{ disabled?: boolean; onTap: () => void }>) {
  return <Action kind="primary" {...props} />;
}

export function Secondary(props: PropsWithChildren<{ disabled?: boolean; onTap: () => void }>) {
  return <Action kind="secondary" {...props} />;
}

/** What is weighty and not the next step: 「这不是我办的」, the window. */
export function Plain(props: PropsWithChildren<{ disabled?: boolean; onTap: () => void }>) {
  return <Action kind="plain" {...props} />;
}

function Action({
  kind,
  disabled = false,
  onTap,
  children,
}: PropsWithChildren<{ kind: string; disabled?: boolean; onTap: () => void }>) {
  return (
    <Button
      className={`action ${kind}${disabled ? ' off' : ''}`}
      disabled={disabled}
      aria-disabled={disabled}
      {...forKeyboard}
      onClick={() => {
        if (!disabled) onTap();
      }}
    >
      {children}
    </Button>
  );
}

/** A box to tick, never ticked at first, and beside it the text that it is about. */
export function Consent({
  isGiven,
  onChange,
  children,
}: PropsWithChildren<{ isGiven: boolean; onChange: (isGiven: boolean) => void }>) {
  return (
    <CheckboxGroup onChange={({ detail }) => onChange(detail.value.length > 0)}>
      <Label className="consent">
        <Checkbox value="given" checked={isGiven} />
        <Text className="consent-text">{children}</Text>
      </Label>
    </CheckboxGroup>
  );
}

export function LegalLink({ kind, children }: PropsWithChildren<{ kind: string }>) {
  const open = () => void Taro.navigateTo({ url: `/pages/legal/index?kind=${kind}` });
  return (
    <Button className="link" onClick={open} {...forKeyboard}>
      {children}
    </Button>
  );
}

/** A line of text to fill in, beside what it is called. */
export function Field({
  label,
  name,
  hint,
  value,
  type = 'text',
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  value: string;
  type?: 'text' | 'number';
  onChange: (value: string) => void;
}) {
  return (
    <Row label={label}>
      <Input
        className="field"
        name={name}
        type={type}
        placeholder={hint}
        value={value}
        onInput={({ detail }) => onChange(detail.value)}
      />
    </Row>
  );
}

export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <View className="row">
      <Text className="row-label">{label}</Text>
      <View className="row-value">{children}</View>
    </View>
  );
}
