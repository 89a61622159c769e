import { all, find, say, who } from './dom.mjs';
import { LARGEST, described, digestOf, isWorthKeeping, sizeText } from './files.mjs';
import { itemOf, titleOf } from './refresh.mjs';
import { leave } from './leaving.mjs';
import { rememberForm } from './typed.mjs';

// Forms: those of items go to the queue, all others to the server as they are.

export function makeForms({ queue, notices, makeWorker }) {
  function submitted(event) {
    const { target: form, submitter } = event;
    const action = new URL(submitter?.getAttribute('formaction') || form.getAttribute('action'), location.href);
    if (['/sign-out', '/account/sessions/end'].includes(action.pathname)) return leave(event, form, queue, notices.toast);
    const fields = [...new FormData(form)].filter(([, value]) => (typeof value === 'string' ? value : value.name));
    const item = itemOf(action.pathname, fields);
    if (!who || form.method !== 'post' || !item) return rememberForm(form);
    event.preventDefault();
    if (form.dataset.busy || !isComplete(form, fields, submitter)) return;
    const typed = all('input:not([type=hidden]), textarea', form).map(({ name }) => name).filter((name) => name !== 'keep');
    const entry = { url: action.pathname, ...item, typed, title: titleOf(form), label: submitter?.textContent || say('完成', 'Done') };
    form.dataset.busy = '';
    enqueue(form, fields, entry).finally(() => delete form.dataset.busy);
  }

  async function enqueue(form, fields, entry) {
    const file = fields.find(([name]) => name === 'file')?.[1];
    const isKept = file && file.size <= LARGEST && (!find('[data-keep]', form) || fields.some(([name, value]) => name === 'keep' && value === '1'));
    if (file && !isKept) {
      const sha256 = await digest(form, file);
      if (!sha256) return;
      fields = described(fields, file, sha256);
      entry.typed = [...entry.typed, 'file_name'];
    } else fields = fields.filter(([name, value]) => name !== 'keep' || (file && value === '1'));
    await queue.add({ ...entry, fields });
    // What stands in the form is dropped once it is kept.
    form.reset();
    if (find('[data-keep]', form)) chosen(form);
  }

  async function digest(form, file) {
    const shown = find('[data-digest-shown]', form);
    const tell = (text) => shown && (shown.textContent = text);
    try {
      return await digestOf(file, makeWorker(), (share) => tell(say(`正在计算文件指纹：${Math.floor(share * 100)}%`, `Reading the file: ${Math.floor(share * 100)}%`)));
    } catch {
      const canSend = file.size <= LARGEST;
      complain(form, form.elements.file, canSend
        ? say('读不了这个文件的指纹。请重新选择，或勾选“把文件存到这里”。', 'The file couldn’t be read here. Choose it again, or have it kept here.')
        : say('读不了这个文件。请重新选择，或换一个不到 10 MB 的。', 'The file couldn’t be read. Choose it again, or one below 10 MB.'));
      return null;
    } finally {
      tell('');
    }
  }

  /** Whether a file is kept, as it was chosen, unless somebody has said. */
  function chosen(form) {
    const keep = find('[data-keep]', form);
    const file = form.elements.file?.files[0];
    const shown = find('[data-digest-shown]', form);
    if (!keep || !('files' in (form.elements.file || {}))) return;
    keep.disabled = Boolean(file) && file.size > LARGEST;
    if (!file) keep.checked = keep.defaultChecked;
    else if (!('said' in keep.dataset) || keep.disabled) keep.checked = isWorthKeeping(file);
    if (!file) return delete keep.dataset.said;
    shown.textContent = keep.checked ? ''
      : keep.disabled ? say(`${sizeText(file.size)}，超过 10 MB：只记文件名、大小和指纹，文件请自己保管。`, `${sizeText(file.size)}, over 10 MB: its name, size and digest are recorded; keep the file yourself.`)
        : say('只记文件名、大小和指纹，文件请自己保管。', 'Its name, size and digest are recorded; keep the file yourself.');
  }

  function isComplete(form, fields, submitter) {
    const file = fields.find(([, value]) => typeof value !== 'string')?.[1];
    const isEmpty = file && !file.size;
    const lacks = 'any' in form.dataset && !submitter?.formNoValidate && !fields.some(([name]) => name !== 'run' && name !== 'keep');
    if (!isEmpty && !lacks) return true;
    complain(form, isEmpty ? form.elements.file : find('[name=note], [name=link], [name=file]', form),
      isEmpty ? say('这个文件是空的，请重新选择。', 'This file is empty; choose another.') : say('请填写一种凭证。', 'Give one of the proofs.'));
    return false;
  }

  function complain(form, control, text) {
    for (let fold = control.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    control.setCustomValidity(text);
    control.reportValidity();
    form.addEventListener('input', () => control.setCustomValidity(''), { once: true });
  }

  function changed({ target }) {
    if ('keep' in target.dataset) target.dataset.said = '';
    if (target.form && (target.name === 'file' || 'keep' in target.dataset)) chosen(target.form);
  }

  return { submitted, changed };
}
