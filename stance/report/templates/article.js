"use strict";
(() => {
  const calls = JSON.parse(document.getElementById("calls").textContent);
  const order = ["support", "oppose", "neutral"];
  const signs = { support: "▲", oppose: "▼", neutral: "●" };
  const panel = document.getElementById("why");
  const reasons = document.getElementById("reasons");
  let opened = null;

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const line = (words, rule, numbers, most) => {
    const row = make("tr");
    const cell = make("td", words);
    if (rule) cell.append(make("small", rule));
    row.append(cell);
    numbers.forEach((number, index) => {
      const shown = (number < 0 ? "−" : "+") + Math.abs(number).toFixed(2);
      row.append(make("td", shown, "number" + (index === most ? ` most ${order[index]}` : "")));
    });
    return row;
  };

  // Offsets count code points, JavaScript's strings do not.
  const quote = (call) => {
    const quoted = make("blockquote", undefined, call.stance);
    quoted.dir = "auto";
    const letters = Array.from(call.sentence);
    let at = 0;
    call.reasons.map((reason) => reason.slice(5)).filter(([start, end]) => start !== null && end <= letters.length)
      .sort((one, other) => one[0] - other[0]).forEach(([start, end]) => {
        if (start < at) return;
        quoted.append(letters.slice(at, start).join(""), make("b", letters.slice(start, end).join("")));
        at = end;
      });
    quoted.append(letters.slice(at).join(""));
    return quoted;
  };

  const shares = (call) => {
    const list = make("div", undefined, "shares");
    order.forEach((stance, index) => {
      const track = make("span", undefined, `track ${stance}`), fill = make("span", undefined, "fill");
      fill.style.width = `${call.probabilities[index] * 100}%`;
      track.append(fill);
      list.append(make("span", `${signs[stance]} ${stance}`, `name ${stance}`), track, make("span", call.probabilities[index].toFixed(2), "number"));
    });
    return list;
  };

  const table = (call) => {
    const whole = make("table"), top = make("thead"), body = make("tbody"), foot = make("tfoot"), head = make("tr");
    ["Words, and how they are read", "Support", "Oppose", "Neutral"].forEach((title, index) => {
      const cell = make("th", title, index ? "number" : "");
      cell.scope = "col";
      head.append(cell);
    });
    top.append(head);
    call.reasons.forEach(([words, rule, ...rest]) => {
      const numbers = rest.slice(0, 3);
      body.append(line(words, rule, numbers, numbers.indexOf(Math.max(...numbers))));
    });
    foot.append(line("Class scores: the sum of all", "", call.scores, -1));
    whole.append(top, body, foot);
    return whole;
  };

  const explain = (call) => {
    const verdict = make("p");
    verdict.append(make("strong", `${signs[call.stance]} ${call.stance}`), " toward ", make("bdi", call.figure), call.uncertain ? " (uncertain)" : "");
    const found = [quote(call), verdict, shares(call)];
    if (call.reasons.length) found.push(table(call));
    reasons.replaceChildren(...found);
    panel.scrollTop = 0;
  };

  const mark = (button, on) => {
    button.setAttribute("aria-expanded", String(on));
    button.closest(".calls").previousElementSibling.classList.toggle("open", on);
  };

  const close = () => {
    panel.hidden = true;
    if (opened) {
      mark(opened, false);
      opened.focus();
      opened = null;
    }
  };

  const open = (button) => {
    if (opened) mark(opened, false);
    opened = button;
    mark(button, true);
    explain(calls[Number(button.dataset.call)]);
    panel.hidden = false;
  };

  const step = (by) => {
    const shown = [...document.querySelectorAll(".call:not([hidden])")];
    const next = shown[shown.indexOf(opened) + by];
    if (next) {
      open(next);
      next.scrollIntoView({ block: "center" });
    }
  };

  const filter = (article) => {
    const pressed = article.querySelector('.pick[aria-pressed="true"]');
    const figure = pressed ? pressed.dataset.figure : null;
    const hidden = new Set([...article.querySelectorAll(".show:not(:checked)")].map((box) => box.value));
    let count = 0, all = 0;
    article.querySelector(".all").hidden = !figure;
    article.querySelectorAll("mark").forEach((mark) => {
      mark.classList.toggle("off", figure !== null && !mark.dataset.figures.split(" ").includes(figure));
    });
    article.querySelectorAll(".calls").forEach((group) => {
      const sides = new Set();
      let weak = true;
      group.querySelectorAll(".call").forEach((button) => {
        const uncertain = button.classList.contains("uncertain");
        const visible = (!figure || button.dataset.figure === figure) && !hidden.has(button.dataset.stance) && !(uncertain && hidden.has("uncertain"));
        button.hidden = !visible;
        all += 1;
        count += visible;
        if (visible && button.dataset.stance !== "neutral") {
          sides.add(button.dataset.stance);
          weak = weak && uncertain;
        }
      });
      const tint = sides.size > 1 ? "mixed" : sides.size ? [...sides][0] : "neutral";
      const open = group.previousElementSibling.classList.contains("open");
      group.previousElementSibling.className = `sentence ${tint}${sides.size && weak ? " weak" : ""}${open ? " open" : ""}`;
    });
    article.querySelector("[role=status]").textContent = count === all ? "" : `${count} of ${all} calls shown`;
    if (opened && opened.hidden) close();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      const article = button.closest(".article");
      if (button.id === "close") close();
      else if (button.id === "previous") step(-1);
      else if (button.id === "next") step(1);
      else if (button.classList.contains("call")) (button === opened ? close : open)(button);
      else if (article) {
        const already = button.getAttribute("aria-pressed") === "true";
        article.querySelectorAll(".pick").forEach((pick) => pick.setAttribute("aria-pressed", String(pick === button && !already)));
        filter(article);
      }
      return;
    }
    const sentence = event.target.closest(".sentence");
    const first = sentence && sentence.nextElementSibling.querySelector(".call:not([hidden])");
    if (first && !String(window.getSelection())) open(first);
  });
  document.addEventListener("change", (event) => {
    if (event.target.classList.contains("show")) filter(event.target.closest(".article"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
})();
