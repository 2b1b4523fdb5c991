"""Every management command: `python -m app <command>`, or `./rukun <command>`."""

from flask.cli import FlaskGroup, routes_command, shell_command

from app.factory import create_app
from app.web.serve import serve

commands = FlaskGroup(
    name="rukun",
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    set_debug_flag=False,
    help="Rukun: perintah pengelolaan / management commands.",
)
# Flask's own options choose another application or an env file; here there is one application.
commands.params.clear()
for command in (serve, routes_command, shell_command):
    commands.add_command(command)

if __name__ == "__main__":
    commands.main(prog_name="rukun")
