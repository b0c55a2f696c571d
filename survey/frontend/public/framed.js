// A question in a frame is as high as it is: nobody needs to scroll twice. Without this the frame can be dragged.
for (const frame of document.querySelectorAll("[data-app-framed]")) {
  const fit = () => {
    const page = frame.contentDocument?.documentElement;
    if (page) {
      frame.style.height = "0";
      frame.style.height = `${page.scrollHeight + 2}px`;
    }
  };
  frame.addEventListener("load", fit);
  window.addEventListener("resize", fit);
  fit();
}
