/** @import { Phone } from './phone.mjs' */

/**
 * Goes from wherever the journey stands to its end, as the mini-program does: by the step that it is shown.
 * @param {Phone} phone
 * @param {() => Promise<void>} whenStuck
 * @param {() => Promise<void>} [thinks] before each tap
 * @returns whether something was signed
 */
export async function goOn(phone, whenStuck, thinks = async () => undefined) {
  let signed = false;
  for (let left = 40; phone.view.step !== 'closed'; left -= 1) {
    if (left === 0) throw new Error(`The journey does not get on from ${phone.view.step}.`);
    await thinks();
    const { step, toDoId, faceCheck } = phone.view;
    if (step === 'stuck') await whenStuck();
    else if (step === 'face' || step === 'matter-face')
      await (faceCheck ? phone.passFace() : phone.startFace());
    else if (step === 'bank-card') await phone.submitCard();
    else if (step === 'portrait') await phone.confirmPortrait();
    else if (step === 'signing') await phone.sign({ toDoId: toDoId ?? '' });
    else if (step === 'completed') {
      signed = true;
      await phone.close();
    } else if (step === 'to-dos') {
      await phone.confirm(await phone.firstToDo());
    } else await phone.look();
  }
  return signed;
}
