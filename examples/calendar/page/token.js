/** The token of whoever uses the page: that of the demo, or one that they type in, kept in memory only. */
import { CALENDAR } from './addresses.js';
import { find } from './elements.js';
import { statusText } from './status.js';

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string>}
 */
export async function obtainToken(form) {
  const response = await fetch('/demo.json', { cache: 'no-store' });
  const { token } = await response.json();
  return token ?? askFor(form);
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string>}
 */
function askFor(form) {
  const field = find(form, 'input', HTMLInputElement);
  const message = find(form, '[role=alert]', HTMLElement);
  form.hidden = false;
  return new Promise((resolve) => {
    const submit = async () => {
      message.textContent = await refusalOf(field.value);
      if (message.textContent !== '') return field.focus();
      form.remove();
      resolve(field.value);
    };
    form.addEventListener('submit', (submission) => {
      submission.preventDefault();
      void submit();
    });
  });
}

/**
 * @param {string} token
 * @returns {Promise<string>} why it is of no use, if it is of none
 */
async function refusalOf(token) {
  try {
    const response = await fetch(CALENDAR, { headers: { authorization: `Bearer ${token}` } });
    return response.ok ? '' : `${statusText(response.status)}: nobody has this token.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // no answer, or no characters of a field
  }
}
