using Microsoft.AspNetCore.Http;

namespace Aval.Kernel.Web;

/// <summary>Says refusals in the language that a caller asks for.</summary>
public interface IProblemTongues
{
    /// <summary>Null where that is English.</summary>
    SaidProblem? Of(Problem problem, HttpRequest request);
}

/// <param name="Language">As <c>Content-Language</c> has it.</param>
public sealed record SaidProblem(string Language, string Title, string Detail);
