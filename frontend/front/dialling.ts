/** The example in an empty phone field is a number of the organization's country: with another code chosen it is wrong. */
export function startDialling(root: ParentNode): void {
  const region = root.querySelector<HTMLSelectElement>(".phone select");
  const phone = root.querySelector<HTMLInputElement>(".phone input");
  if (!region || !phone?.placeholder) return;
  const example = phone.placeholder;
  const own = region.value;
  region.addEventListener("change", () => {
    phone.placeholder = region.value === own ? example : "";
  });
}
