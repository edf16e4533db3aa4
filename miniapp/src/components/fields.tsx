import { Checkbox, CheckboxGroup, Input, Label, Picker, Radio, View } from '@tarojs/components';
import { useId, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { platform } from '../platform';
import { useIssueMessage } from '../texts';
import { Icon } from './icon';
import { useFieldIssue } from './problem-message';
import { Row } from './screen';
import { Pressable } from './pressable';

/** The colour of what is ticked, for mini-programs: `$blue` of design.scss. */
const CHOSEN = '#0b4f9e';

/** A line of text to fill in: its label, and what is wrong with it. */
export function TextField({
  label,
  name,
  hint,
  value,
  type = 'text',
  doubt,
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  value: string;
  type?: 'text' | 'number' | 'idcard';
  /** What the person should look at, where the API names no issue of this field. */
  doubt?: string;
  onChange: (value: string) => void;
}) {
  const edit = useEdit(onChange);
  const error = useFieldIssue(name) ?? doubt;
  return (
    <Row label={label}>
      <Input
        className="field"
        name={name}
        type={type}
        placeholder={hint}
        placeholderClass="placeholder"
        value={value}
        onInput={({ detail }) => edit(detail.value)}
        {...accessibilityOf(label, error)}
      />
      <FieldError text={error} />
    </Row>
  );
}

/** One of a list to choose from, which opens below. */
export function ChoiceField({
  label,
  hint,
  options,
  chosen,
  onChange,
}: {
  label: string;
  hint: string;
  options: { value: string; name: string; icon?: string }[];
  chosen: string | undefined;
  onChange: (value: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const chosenOption = options.find(({ value }) => value === chosen);
  const edit = useEdit(onChange);
  const button = useId();
  const choose = (value: string) => {
    // Before the option that has it goes.
    platform.focus(button);
    setOpen(false);
    edit(value);
  };
  return (
    <Row label={label}>
      <View id={button}>
        <PickerButton
          label={label}
          hint={hint}
          chosen={chosenOption?.name}
          icon={chosenOption?.icon}
          isOpen={isOpen}
          onPress={() => setOpen(!isOpen)}
        />
      </View>
      {isOpen && <Options options={options} chosen={chosen} onChoose={choose} />}
    </Row>
  );
}

export function Options({
  options,
  chosen,
  onChoose,
}: {
  options: { value: string; name: string; icon?: string }[];
  chosen: string | undefined;
  onChoose: (value: string) => void;
}) {
  return (
    <>
      {options.map(({ value, name, icon }) => (
        <Pressable
          key={value}
          className={value === chosen ? 'option chosen' : 'option'}
          onPress={() => onChoose(value)}
        >
          <Choice name={name} icon={icon} />
        </Pressable>
      ))}
    </>
  );
}

/** A date to choose, with the phone's or the browser's own input for dates, where it may also be typed. */
export function DateField({
  label,
  name,
  hint,
  date,
  first,
  last,
  defectOf,
  onChange,
}: {
  label: string;
  name: string;
  hint: string;
  date: string;
  /** The days that are offered, `YYYY-MM-DD`. */
  first: string;
  last: string;
  /** The code of what is wrong with a date. */
  defectOf: (date: string) => string | undefined;
  onChange: (date: string) => void;
}) {
  const issueMessage = useIssueMessage();
  const issue = useFieldIssue(name);
  const [defect, setDefect] = useState<string>();
  const edit = useEdit(onChange);
  const error = defect ? issueMessage(defect) : issue;
  // A date that is being typed is wrong until it is whole.
  const onBlur = ({ target: { value, validity } }: DateInputEvent) =>
    setDefect(validity.badInput ? 'date_impossible' : value ? defectOf(value) : undefined);
  return (
    <Row label={label}>
      {platform.hasDateInput ? (
        <Input
          className="field"
          name={name}
          value={date}
          onInput={({ detail }) => {
            setDefect(undefined);
            edit(detail.value);
          }}
          {...accessibilityOf(label, error, { type: 'date', min: first, max: last, onBlur })}
        />
      ) : (
        <Picker
          mode="date"
          value={date}
          start={first}
          end={last}
          onChange={({ detail }) => {
            setDefect(defectOf(detail.value));
            edit(detail.value);
          }}
        >
          <PickerButton label={label} hint={hint} chosen={date} />
        </Picker>
      )}
      <FieldError text={error} />
    </Row>
  );
}

/** The event of the browser's own input. */
interface DateInputEvent {
  target: { value: string; validity: { badInput: boolean } };
}

/** After an edit, what was sent before can't be repeated as it was. */
export function useEdit(onChange: (value: string) => void): (value: string) => void {
  const { markEdited } = useJourney();
  return (value) => {
    markEdited();
    onChange(value);
  };
}

export function PickerButton({
  label,
  hint,
  chosen,
  icon,
  isOpen,
  onPress,
}: {
  label: string;
  hint: string;
  chosen?: string;
  icon?: string;
  isOpen?: boolean;
  onPress?: () => void;
}) {
  return (
    <Pressable
      as={View}
      className={chosen ? 'field picked' : 'field picked unset'}
      aria-label={`${label} ${chosen || hint}`}
      aria-expanded={isOpen}
      onPress={onPress}
    >
      <Choice name={chosen || hint} icon={icon} />
    </Pressable>
  );
}

function Choice({ name, icon }: { name: string; icon?: string }) {
  return (
    <View className="choice">
      {icon && <Icon name={icon} />}
      <View>{name}</View>
    </View>
  );
}

export function FieldError({ text }: { text?: string }) {
  return text ? (
    <View className="field-error" role="alert">
      {text}
    </View>
  ) : null;
}

/** In browsers the real input lies within Taro's element, and screen readers see both. */
export function accessibilityOf(label: string, error?: string, native = {}): object {
  const names = { 'aria-label': label, ...(error && { 'aria-invalid': true }) };
  return { ...names, nativeProps: { ...names, ...native } };
}

/** A box to tick, and the text beside it. */
export function CheckBox({
  isChecked,
  disabled,
  onChange,
  children,
}: PropsWithChildren<{ isChecked: boolean; disabled?: boolean; onChange: (isChecked: boolean) => void }>) {
  return (
    <CheckboxGroup onChange={({ detail }) => onChange(detail.value.length > 0)}>
      <Label>
        <View className="consent">
          <Checkbox value="given" color={CHOSEN} checked={isChecked} disabled={disabled} />
          <View className="consent-text">{children}</View>
        </View>
      </Label>
    </CheckboxGroup>
  );
}

/** One of the answers in a RadioGroup, and the text beside it. */
export function RadioBox({
  value,
  isChecked,
  children,
}: PropsWithChildren<{ value: string; isChecked: boolean }>) {
  return (
    <Label>
      <View className="consent">
        <Radio value={value} color={CHOSEN} checked={isChecked} />
        <View className="consent-text">{children}</View>
      </View>
    </Label>
  );
}
