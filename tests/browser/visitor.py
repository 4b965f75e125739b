"""Somebody at a browser, who notes what the browser complains about."""

import re

from playwright.sync_api import expect

from actionplans.demo.accounts import PASSWORD, email

# The browser writes this itself about any page or file that is refused; what matters
# of it is judged by status.
REFUSED = "Failed to load resource"
BAD_REQUEST, SERVER_ERROR = 400, 500


class Visitor:
    """One browser of its own: cookies, page, complaints."""

    def __init__(self, chromium, site, **options):
        self.site = site
        self.complaints = []
        # Pages that glide to where the focus is would be judged on the way.
        still = {"reduced_motion": "reduce", **options}
        self.context = chromium.new_context(base_url=site, **still)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._see_request)
        self.page.on("response", self._see_response)

    def open(self, path):
        return self.page.goto(path)

    def sign_in(self, name):
        """By the form, as a person would; afterwards the worklist is shown."""
        self.open("/accounts/login/")
        self.fill_in_sign_in(name)
        self.expect_at("/desk/")
        return self

    def fill_in_sign_in(self, name, address="E-mail address", password="Password"):
        """The form on the page shown, under its labels in any language."""
        self.fill({address: email(name), password: PASSWORD})
        self.page.locator("main form button").click()

    def field(self, label):
        """By the whole of its label, whether or not it says that it is optional."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(.+\))?$"))

    def fill(self, texts):
        """Texts by label; days in the form of the browser's calendar."""
        for label, text in texts.items():
            self.field(label).fill(str(text))

    def choose(self, options):
        for label, option in options.items():
            self.field(label).select_option(label=option)

    def answer(self, question, answer):
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()

    def attach(self, label, name, kind, content):
        file = {"name": name, "mimeType": kind, "buffer": content}
        self.field(label).set_input_files(file)

    def press(self, button):
        self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link):
        """By the whole name. What only screen readers get comes after a space."""
        name = re.sub("([:,])", r" ?\1", re.escape(link))
        self.page.get_by_role("link", name=re.compile(f"^{name}$")).click()

    def expect_at(self, path):
        expect(self.page).to_have_url(self.site + path)

    def expect_said(self, sentence):
        """Among the messages about the last step."""
        messages = self.page.locator("main .note[role=status]")
        expect(messages.filter(has_text=sentence)).to_be_visible()

    def only_plan(self):
        """The address of the plan of an official who has no other in charge."""
        self.open("/desk/plans/")
        return self.page.locator("tbody a").get_attribute("href")

    def close(self):
        self.context.close()

    @property
    def path(self):
        return self.page.url.removeprefix(self.site)

    def _hear(self, message):
        if message.type == "error" and not message.text.startswith(REFUSED):
            self.complaints.append(f"{self.path}: {message.text}")

    def _see_request(self, request):
        if not request.url.startswith((self.site, "data:")):
            self.complaints.append(f"{self.path} asks {request.url}")

    def _see_response(self, response):
        """Pages may refuse, their files must be there, and nothing may fail."""
        is_page = response.request.is_navigation_request()
        if response.status >= (SERVER_ERROR if is_page else BAD_REQUEST):
            self.complaints.append(f"{response.url} answers {response.status}")
