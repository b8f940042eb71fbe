from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kazservices.flow.health import health as state_of_health


@never_cache
@require_safe
def health(request):
    """The state of sweeps and calendar for monitors: no personal data. Red is said in the body; an answer is 200."""
    return JsonResponse(state_of_health())
